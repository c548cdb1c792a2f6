//! Where the program's own promise ends: libraries that read fonts and pictures and draw may meet a file that they cannot stand.
//!
//! A panic of theirs is a fault of the file that was handed to them, not of the program: it is caught here and nowhere else,
//! and says nothing on the terminal, since the fault is told as every other one is.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside of [`guarded`].
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives; none where a library panics on the way. Whatever `work` was changing by then must not be used.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                usual(panic);
            }
        }));
    });
    let before = QUIET.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    done.ok()
}

/// Leaves [`guarded`]: the way out of a library's loop that offers none.
pub(crate) fn give_up() -> ! {
    panic::resume_unwind(Box::new("more than a font draws"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_the_next_work_goes_on() {
        assert_eq!(guarded(|| Vec::<u8>::new()[std::hint::black_box(1)]), None);
        assert_eq!(guarded(|| -> u8 { give_up() }), None);
        assert_eq!(guarded(|| 1), Some(1));
    }
}
