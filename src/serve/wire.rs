//! HTTP as far as a preview needs it: one request a connection, read and answered within limits. Whoever sends nothing, sends
//! without end or never takes the answer holds a thread for a while and then loses it; nothing of that ends the listening.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, getrlimit};

/// How many connections there may be at once, each with a thread and a descriptor of its own.
const MOST_AT_ONCE: usize = 64;

/// The longest request line with its headers, in bytes, and how many headers.
const LONGEST_HEAD: usize = 16 << 10;
const MOST_HEADERS: usize = 100;

/// The longest form that is read, in bytes.
const LONGEST_BODY: usize = 8 << 10;

/// How long a request may take to arrive, and its answer to be taken.
const TO_ASK: Duration = Duration::from_secs(5);
const TO_TELL: Duration = Duration::from_secs(10);

/// How long, and for how many bytes, somebody is listened to who was refused while still sending.
const TO_LEAVE: Duration = Duration::from_secs(1);
const MOST_UNREAD: usize = 1 << 20;

/// How long to wait where the machine lets nobody in just now, for want of descriptors say.
const PAUSE: Duration = Duration::from_millis(20);

/// What a browser asks.
pub(super) struct Request {
    pub(super) method: String,
    /// The address as it was sent: a path and what follows a question mark.
    pub(super) target: String,
    pub(super) body: Vec<u8>,
    headers: Vec<(String, String)>,
}

impl Request {
    /// The values of a header, in their order.
    pub(super) fn values<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.headers.iter().filter(move |(of, _)| of.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// How many bytes follow the head.
    fn length(&self) -> Result<usize, Fault> {
        // Browsers say how long a form is; what is sent in pieces is no form of the bar.
        if self.values("Transfer-Encoding").next().is_some() {
            return Err(Fault::Malformed);
        }
        let mut lengths = self.values("Content-Length");
        let Some(length) = lengths.next() else { return Ok(0) };
        let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || lengths.any(|other| other != length) {
            return Err(Fault::Malformed);
        }
        // A number beyond all numbers is too long as well.
        length.parse().ok().filter(|length| *length <= LONGEST_BODY).ok_or(Fault::LongBody)
    }
}

/// Why there is no request to answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// It is no HTTP.
    Malformed,
    /// Its head is longer than any browser's.
    LongHead,
    /// What it sends is longer than the form of the bar.
    LongBody,
    /// It did not arrive in time.
    Late,
    /// There are as many connections as there may be.
    Full,
    /// Whoever asked is gone, or has been silent for so long that somebody else took the place.
    Gone,
}

/// What a browser is told.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) headers: Vec<(&'static str, String)>,
}

/// Makes the answer to a request, or to one that could not be read.
pub(super) type Answering<'a> = dyn Fn(Result<&Request, Fault>) -> Answer + Sync + 'a;

/// Answers requests for as long as the program runs. Each has a thread of its own, since some wait for a change.
pub(super) fn run(listener: &TcpListener, answering: &Answering<'_>) {
    let room = Room::new(most_at_once());
    thread::scope(|scope| {
        for stream in listener.incoming() {
            let Ok(stream) = stream.map(Arc::new) else {
                // The descriptors may be used up, or somebody left while being let in. Either passes.
                thread::sleep(PAUSE);
                continue;
            };
            let Some(seat) = room.seat(&stream) else {
                turn_away(&stream, &answering(Err(Fault::Full)));
                continue;
            };
            // Where no thread can be had the connection is dropped, which tells the browser that it failed.
            let _ = thread::Builder::new().spawn_scoped(scope, move || attend(&stream, &seat, answering));
        }
    });
}

/// A part of the descriptors that the program may have; the rest are for records and pages.
fn most_at_once() -> usize {
    let descriptors = getrlimit(Resource::Nofile).current.and_then(|most| usize::try_from(most).ok());
    descriptors.map_or(MOST_AT_ONCE, |most| (most / 4).clamp(2, MOST_AT_ONCE))
}

fn attend(stream: &TcpStream, seat: &Seat<'_>, answering: &Answering<'_>) {
    let asked = ask(stream);
    seat.has_asked();
    // A browser that went away misses nothing.
    match asked {
        Ok(request) => {
            let _ = tell(stream, &answering(Ok(&request)), request.method != "HEAD");
        }
        Err(Fault::Gone) => {}
        Err(fault) => {
            let _ = tell(stream, &answering(Err(fault)), true);
            see_off(stream);
        }
    }
}

/// Reads a request.
fn ask(stream: &TcpStream) -> Result<Request, Fault> {
    let until = Instant::now() + TO_ASK;
    let mut bytes = Vec::new();
    let (mut request, start) = loop {
        let known = bytes.len();
        read(stream, &mut bytes, LONGEST_HEAD, until)?;
        // A head ends with a line; nothing is to be found before one is complete.
        let has_line = bytes.get(known..).is_some_and(|new| new.contains(&b'\n'));
        if let Some(head) = has_line.then(|| head(&bytes)).transpose()?.flatten() {
            break head;
        }
        if bytes.len() >= LONGEST_HEAD {
            return Err(Fault::LongHead);
        }
    };
    let end = start + request.length()?;
    while bytes.len() < end {
        read(stream, &mut bytes, end, until)?;
    }
    request.body = bytes.get(start..end).unwrap_or_default().to_vec();
    Ok(request)
}

/// The request without its body, and where that begins; none while the head is not complete.
fn head(bytes: &[u8]) -> Result<Option<(Request, usize)>, Fault> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let start = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Fault::LongHead),
        Err(_) => return Err(Fault::Malformed),
    };
    let (Some(method), Some(target)) = (parsed.method, parsed.path) else { return Err(Fault::Malformed) };
    let header = |of: &httparse::Header<'_>| (of.name.to_owned(), String::from_utf8_lossy(of.value).into_owned());
    let headers = parsed.headers.iter().map(header).collect();
    Ok(Some((Request { method: method.to_owned(), target: target.to_owned(), body: Vec::new(), headers }, start)))
}

/// Reads what is there up to a length of all that was read, and waits for it where nothing is.
fn read(stream: &TcpStream, bytes: &mut Vec<u8>, most: usize, until: Instant) -> Result<(), Fault> {
    let mut piece = [0; 4 << 10];
    let room = most.saturating_sub(bytes.len()).min(piece.len());
    loop {
        let left = until.saturating_duration_since(Instant::now());
        // A time of nothing would mean to wait for ever.
        if left.is_zero() {
            return Err(Fault::Late);
        }
        stream.set_read_timeout(Some(left)).map_err(|_| Fault::Gone)?;
        let mut reader = stream;
        match reader.read(piece.get_mut(..room).unwrap_or_default()) {
            Ok(0) => return Err(Fault::Gone),
            Ok(count) => {
                bytes.extend(piece.iter().take(count));
                return Ok(());
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => return Err(Fault::Late),
            Err(_) => return Err(Fault::Gone),
        }
    }
}

/// Writes an answer, which ends its connection as answers of HTTP 1.0 do.
fn tell(stream: &TcpStream, answer: &Answer, with_body: bool) -> Result<(), Fault> {
    let until = Instant::now() + TO_TELL;
    let bytes = written(answer, with_body);
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Fault::Late);
        }
        stream.set_write_timeout(Some(left)).map_err(|_| Fault::Gone)?;
        let mut writer = stream;
        match writer.write(rest) {
            Ok(0) => return Err(Fault::Gone),
            Ok(count) => rest = rest.get(count..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Err(Fault::Gone),
        }
    }
    Ok(())
}

fn written(answer: &Answer, with_body: bool) -> Vec<u8> {
    let Answer { status, kind, body, headers } = answer;
    let length = body.len();
    let mut head = format!(
        "HTTP/1.0 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n",
        reason(*status)
    );
    for (name, value) in headers {
        // An address that would end its line is none that is sent on.
        if !value.contains(char::is_control) {
            head.extend([name, ": ", value, "\r\n"]);
        }
    }
    let body = if with_body { body.as_slice() } else { &[] };
    [head.as_bytes(), b"\r\n", body].concat()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        303 => "See Other",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

/// Answers without waiting for anything: whoever lets people in must not be held up.
fn turn_away(stream: &TcpStream, answer: &Answer) {
    let (mut reader, mut writer) = (stream, stream);
    // What was sent already is taken first: the system would take back the answer together with what nobody has read.
    let _ = stream.set_nonblocking(true).and_then(|()| {
        let _ = reader.read(&mut [0; LONGEST_HEAD]);
        writer.write_all(&written(answer, true))
    });
}

/// Takes for a while what a refused caller still sends, so that the answer arrives.
fn see_off(stream: &TcpStream) {
    let until = Instant::now() + TO_LEAVE;
    let _ = stream.shutdown(Shutdown::Write);
    let mut taken = 0;
    while taken < MOST_UNREAD {
        let mut piece = Vec::new();
        if read(stream, &mut piece, usize::MAX, until).is_err() {
            return;
        }
        taken += piece.len();
    }
}

/// Where connections are, each in a seat.
struct Room {
    most: usize,
    guests: Mutex<Guests>,
    left: Condvar,
}

#[derive(Default)]
struct Guests {
    count: usize,
    /// Those who have not asked for anything yet, by their coming.
    silent: VecDeque<Arc<TcpStream>>,
}

/// The place of one connection; whoever drops it leaves.
struct Seat<'r> {
    room: &'r Room,
    stream: Arc<TcpStream>,
}

impl Room {
    fn new(most: usize) -> Self {
        Self { most, guests: Mutex::default(), left: Condvar::new() }
    }

    /// Lets a connection in. Where all seats are taken, who has been silent for longest leaves; none where all have asked.
    fn seat(&self, stream: &Arc<TcpStream>) -> Option<Seat<'_>> {
        let mut guests = self.guests();
        if guests.count >= self.most {
            let silent = guests.silent.pop_front()?;
            // This ends the reading at once, and the thread with it.
            let _ = silent.shutdown(Shutdown::Both);
            let waited = self.left.wait_timeout_while(guests, TO_LEAVE, |guests| guests.count >= self.most);
            guests = waited.unwrap_or_else(PoisonError::into_inner).0;
            if guests.count >= self.most {
                return None;
            }
        }
        guests.count += 1;
        guests.silent.push_back(Arc::clone(stream));
        Some(Seat { room: self, stream: Arc::clone(stream) })
    }

    fn guests(&self) -> MutexGuard<'_, Guests> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat<'_> {
    fn has_asked(&self) {
        self.room.guests().silent.retain(|other| !Arc::ptr_eq(other, &self.stream));
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.has_asked();
        self.room.guests().count -= 1;
        self.room.left.notify_one();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn length(headers: &str) -> Result<usize, Fault> {
        head(format!("POST / HTTP/1.1\r\n{headers}\r\n").as_bytes()).unwrap().unwrap().0.length()
    }

    #[test]
    fn a_form_says_how_long_it_is_and_is_no_longer_than_that_of_the_bar() {
        assert_eq!(length(""), Ok(0));
        assert_eq!(length("Content-Length: 12\r\ncontent-length: 12\r\n"), Ok(12));
        assert_eq!(length("Content-Length: 8193\r\n"), Err(Fault::LongBody));
        assert_eq!(length("Content-Length: 99999999999999999999999\r\n"), Err(Fault::LongBody));
        for headers in ["Content-Length: 1\r\nContent-Length: 2\r\n", "Content-Length: +1\r\n", "Content-Length: \r\n"] {
            assert_eq!(length(headers), Err(Fault::Malformed), "{headers}");
        }
        assert_eq!(length("Transfer-Encoding: chunked\r\n"), Err(Fault::Malformed));
    }

    #[test]
    fn no_header_of_an_answer_becomes_two() {
        let headers = vec![("Location", "/a\r\nSet-Cookie: b".to_owned()), ("Allow", "POST".to_owned())];
        let answer = Answer { status: 303, kind: "text/plain", body: b"body".to_vec(), headers };
        let text = String::from_utf8(written(&answer, false)).unwrap();
        assert!(text.ends_with("Content-Length: 4\r\nConnection: close\r\nAllow: POST\r\n\r\n"), "{text}");
        assert!(!text.contains("Cookie"), "{text}");
    }

    #[test]
    fn who_has_been_silent_for_longest_gives_way_and_who_has_asked_does_not() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let connect = || {
            let caller = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
            (caller, Arc::new(listener.accept().unwrap().0))
        };
        let room = Room::new(2);
        let ((_first, asks), (_second, waits), (_third, comes)) = (connect(), connect(), connect());
        let seat = room.seat(&asks).unwrap();
        seat.has_asked();
        thread::scope(|scope| {
            let silent = room.seat(&waits).unwrap();
            let gone = scope.spawn(move || {
                let end = ask(&silent.stream);
                drop(silent);
                end.map(|_| ())
            });
            let late = room.seat(&comes).unwrap();
            assert_eq!(gone.join().unwrap(), Err(Fault::Gone));
            late.has_asked();
            assert!(room.seat(&waits).is_none(), "all have asked");
        });
    }
}
