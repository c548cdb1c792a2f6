//! Where previews are kept from run to run: in a folder of the user's own, closed to everybody else.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rustix::process::geteuid;
use xxhash_rust::xxh3::xxh3_64;

use crate::report::Lang;

/// The folder that the preview of a root at a port is built into. Two previews of one root at two ports show two days.
///
/// # Errors
/// The cache is somebody else's, or cannot be written.
pub(super) fn place(cache: &Path, root: &Path, port: u16, lang: Lang) -> Result<PathBuf> {
    // A preview may show what is not public yet. Whoever owns the folder, or the one it lies in, could open it to others.
    if !is_own(cache)? {
        bail!(foreign(cache, lang));
    }
    let cannot = || format!("{}: `{}`", lang.pick("プレビューを置けません", "cannot keep previews"), cache.display());
    DirBuilder::new().recursive(true).mode(0o700).create(cache).with_context(cannot)?;
    fs::set_permissions(cache, fs::Permissions::from_mode(0o700)).with_context(cannot)?;
    let name = [root.as_os_str().as_encoded_bytes(), &port.to_le_bytes()].concat();
    Ok(cache.join(format!("preview-{:016x}", xxh3_64(&name))))
}

/// Whether nobody but the user, and the system's own, decides what stands at a path that may be absent yet.
fn is_own(cache: &Path) -> Result<bool> {
    let user = geteuid().as_raw();
    match fs::symlink_metadata(cache) {
        Ok(facts) if facts.uid() != user || facts.is_symlink() => return Ok(false),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| cache.display().to_string()),
    }
    let above = cache.ancestors().skip(1).find_map(|folder| fs::metadata(folder).ok());
    Ok(above.is_none_or(|facts| [user, 0].contains(&facts.uid())))
}

fn foreign(cache: &Path, lang: Lang) -> String {
    let cache = cache.display();
    match lang {
        Lang::Ja => format!(
            "プレビューを置くフォルダー `{cache}` は、別の利用者のものか、別の場所へのリンクです。公開前の内容を他人に読まれないよう、ここには何も書きません。環境変数 XDG_CACHE_HOME に自分のフォルダーを指定してから、もう一度実行してください"
        ),
        Lang::En => format!(
            "the folder for previews, `{cache}`, is another user's or a link to another place. Nothing is written there, so that nobody else reads what is not public yet; set XDG_CACHE_HOME to a folder of your own and start again"
        ),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::os::unix::fs::{chown, symlink};

    fn refused(cache: &Path) -> bool {
        match place(cache, Path::new("/root"), 1, Lang::En) {
            Ok(_) => false,
            Err(error) => error.to_string().contains("XDG_CACHE_HOME"),
        }
    }

    #[test]
    fn a_cache_is_made_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("cache/kohyo");
        assert!(place(&cache, Path::new("/root"), 1, Lang::En).unwrap().starts_with(&cache));
        fs::set_permissions(&cache, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(!refused(&cache));
        assert_eq!(fs::metadata(&cache).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_link_is_refused_wherever_it_leads() {
        let folder = tempfile::tempdir().unwrap();
        let (own, cache) = (folder.path().join("own"), folder.path().join("kohyo"));
        symlink(&own, &cache).unwrap();
        assert!(refused(&cache), "it leads nowhere");
        fs::create_dir(&own).unwrap();
        assert!(refused(&cache));
        assert_eq!(fs::read_dir(&own).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused_and_so_is_one_inside_it() {
        let folder = tempfile::tempdir().unwrap();
        // Only the system's own user can give a folder away; everybody else has folders of that one at hand.
        if geteuid().is_root() {
            chown(folder.path(), Some(65_534), None).unwrap();
            let mode = fs::metadata(folder.path()).unwrap().permissions().mode();
            assert!(refused(folder.path()) && refused(&folder.path().join("kohyo")));
            assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode(), mode);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        } else {
            assert!(refused(Path::new("/usr")));
        }
    }
}
