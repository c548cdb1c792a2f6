//! The preview where things run short: callers that send nothing or never end, few descriptors, no more folders to watch, a
//! cache that is not one's own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail, and says what it could not try"
)]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use support::preview::{PATIENCE, PROGRAM, Preview};
use support::{DAY, Registry};

mod support;

const SERVICE: &str = "content/services/ip/0001-2012/service.toml";

fn golden() -> Registry {
    Registry::copy_of("golden")
}

fn connect(preview: &Preview) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// What comes until the connection ends, however it ends.
fn rest(mut stream: &TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn callers_that_send_nothing_hold_up_nobody() {
    for limits in ["true", "ulimit -n 64"] {
        let registry = golden();
        let preview = Preview::within(limits, &registry);
        assert_eq!(preview.get("/").status, 200, "{limits}");
        let half_open: Vec<TcpStream> = (0..150)
            .map(|number| {
                let mut stream = connect(&preview);
                if number % 2 == 0 {
                    // Who came first may have been sent away already.
                    let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ");
                }
                stream
            })
            .collect();
        let asked = Instant::now();
        assert_eq!(preview.get("/ip/").status, 200, "{limits}");
        assert!(
            asked.elapsed() < Duration::from_secs(4),
            "{limits}: nobody has to wait until the silent ones have had their time"
        );
        registry.edit(SERVICE, "summary = \"", "summary = \"あたらしい要約。");
        preview.until("/ip0001-2012/", "あたらしい要約。", true);
        drop(half_open);
        assert_eq!(preview.get("/ip/").status, 200, "{limits}");
    }
}

#[test]
fn who_takes_too_long_to_ask_is_told_so_and_loses_the_connection() {
    let registry = golden();
    let preview = Preview::of(&registry);
    let (mut begun, mut unfinished) = (connect(&preview), connect(&preview));
    begun.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    write!(unfinished, "POST /_preview/day HTTP/1.1\r\nHost: {}\r\nContent-Length: 9\r\n\r\nday", preview.own()).unwrap();
    for stream in [begun, unfinished] {
        assert!(rest(&stream).starts_with("HTTP/1.0 408 "));
    }
}

#[test]
fn a_head_without_end_is_cut_off() {
    let registry = golden();
    let preview = Preview::of(&registry);
    for beginning in ["GET /", "GET / HTTP/1.1\r\nX: ", "GET / HTTP/1.1\r\nHost"] {
        let mut stream = connect(&preview);
        stream.write_all(beginning.as_bytes()).unwrap();
        let line = vec![b'a'; 64 << 10];
        let sent = (0..1_000).take_while(|_| stream.write_all(&line).is_ok()).count();
        assert!(sent < 1_000, "{beginning}: 64 MB were taken");
    }
    let mut stream = connect(&preview);
    stream.write_all(&[b"GET / HTTP/1.1\r\nX: ", vec![b'a'; 20 << 10].as_slice()].concat()).unwrap();
    assert!(rest(&stream).starts_with("HTTP/1.0 431 "), "what is only too long is answered");
    let many: String = (0..200).map(|number| format!("X-{number}: a\r\n")).collect();
    let mut stream = connect(&preview);
    write!(stream, "GET / HTTP/1.1\r\nHost: {}\r\n{many}\r\n", preview.own()).unwrap();
    assert!(rest(&stream).starts_with("HTTP/1.0 431 "));
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn what_is_no_request_or_longer_than_any_form_is_refused() {
    let registry = golden();
    let preview = Preview::of(&registry);
    for text in ["\u{16}\u{3}\u{1}\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nNo header\r\n\r\n"] {
        let mut stream = connect(&preview);
        stream.write_all(text.as_bytes()).unwrap();
        assert!(rest(&stream).starts_with("HTTP/1.0 400 "), "{text:?}");
    }
    let long = format!("day={DAY}&back={}", "a".repeat(9 << 10));
    assert_eq!(preview.post(&long).status, 413);
    assert_eq!(preview.post(&format!("day={DAY}&back={}", "a".repeat(7 << 10))).status, 303);
}

#[test]
fn a_cache_that_leads_elsewhere_is_refused_in_the_language_asked_for() {
    let registry = golden();
    let (cache, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(other.path(), cache.path().join("kohyo")).unwrap();
    for (lang, words) in [("ja", "自分のフォルダー"), ("en", "a folder of your own")] {
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--port", "0", "--lang", lang, "--root"]).arg(registry.root());
        let run = command.env("XDG_CACHE_HOME", cache.path()).output().unwrap();
        let stderr = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(words) && stderr.contains("XDG_CACHE_HOME"), "{stderr}");
    }
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}

/// Only a machine that lets its users have names of their own can be told to watch no more than five folders; the unit tests
/// of the watch reach the limit on every machine.
#[test]
#[cfg(target_os = "linux")]
fn with_too_few_folders_to_watch_the_preview_polls_and_says_how_to_raise_the_limit() {
    const FEW: &str = "echo 5 > /proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"";
    let shell = |of: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["-Ur", "sh", "-c", FEW]).args(of);
        command
    };
    if !shell(&["true"]).output().is_ok_and(|run| run.status.success()) {
        eprintln!("NOT TESTED: this machine lets nobody lower the limit of watched folders");
        return;
    }
    let registry = golden();
    let preview = Preview::by(shell(&[PROGRAM]), &registry);
    assert_eq!(preview.get("/ip0001-2012/").status, 200);
    for summary in ["一つ目の要約。", "二つ目の要約。"] {
        registry.edit(SERVICE, "summary = \"", &format!("summary = \"{summary}"));
        preview.until("/ip0001-2012/", summary, true);
    }
    registry.write("themes/own/templates/home.html", "<!doctype html><title>x</title><p>Own home.</p>");
    registry.edit("content/registry.toml", "theme = \"default\"", "theme = \"own\"");
    preview.until("/", "Own home.", true);
}
