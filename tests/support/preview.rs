//! A running preview, asked as a browser asks it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::{DAY, Registry};

/// Longer than the preview makes anybody wait.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_kohyo");

/// A running preview; it ends with its test.
pub struct Preview {
    pub program: Child,
    pub port: u16,
    pub said: Receiver<String>,
    pub cache: TempDir,
}

/// What the preview answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Preview {
    pub fn of(registry: &Registry) -> Preview {
        Preview::by(Command::new(PROGRAM), registry)
    }

    /// The preview within limits that the shell sets, such as `ulimit -n 64`.
    pub fn within(limits: &str, registry: &Registry) -> Preview {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{limits} && exec \"$0\" \"$@\""), PROGRAM]);
        Preview::by(command, registry)
    }

    /// The preview by a command that takes the program's arguments.
    pub fn by(mut command: Command, registry: &Registry) -> Preview {
        let cache = tempfile::tempdir().unwrap();
        command.args(["serve", "--port", "0", "--date", DAY, "--lang", "en", "--root"]).arg(registry.root());
        command.env("XDG_CACHE_HOME", cache.path()).stdin(Stdio::null()).stderr(Stdio::piped());
        let mut program = command.spawn().unwrap();
        let stderr = BufReader::new(program.stderr.take().unwrap());
        let (teller, said) = channel();
        thread::spawn(move || stderr.lines().map_while(Result::ok).all(|line| teller.send(line).is_ok()));
        let mut preview = Preview { program, port: 0, said, cache };
        let line = preview.said("http://127.0.0.1:");
        let port = line.trim_start_matches("http://127.0.0.1:").split('/').next().unwrap();
        preview.port = port.parse().unwrap();
        preview
    }

    /// The next line in the terminal that holds a text.
    pub fn said(&self, text: &str) -> String {
        loop {
            let line = self.said.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("`{text}` was never said"));
            if line.contains(text) {
                return line;
            }
        }
    }

    pub fn own(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends a request with nothing in it but what is given.
    pub fn send(&self, first: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        write!(stream, "{first} HTTP/1.1\r\n{headers}{length}Connection: close\r\n\r\n{body}").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[("Host", &self.own())], "")
    }

    /// Sends the form of the bar as a page of the preview does.
    pub fn post(&self, form: &str) -> Answer {
        let origin = format!("http://{}", self.own());
        self.send("POST /_preview/day", &[("Host", &self.own()), ("Origin", &origin), ("Sec-Fetch-Site", "same-origin")], form)
    }

    /// The address of the style that a page asks for.
    pub fn style_of(&self, path: &str) -> String {
        let page = self.get(path).body;
        let end = page.find(".css").unwrap() + ".css".len();
        page[..end].rsplit('"').next().unwrap().to_owned()
    }

    /// A page as soon as it holds a text, or holds it no more. As a browser does, this waits for changes and nothing else.
    pub fn until(&self, path: &str, text: &str, holds: bool) -> String {
        for _ in 0..10 {
            let page = self.get(path).body;
            if page.contains(text) == holds {
                return page;
            }
            let (_, version) = page.split_once("data-version=\"").unwrap();
            let version = version.split('"').next().unwrap();
            let other = self.get(&format!("/_preview/changes?since={version}"));
            assert!(other.status == 200 && other.body != version, "no change came while waiting for `{text}` in {page}");
        }
        panic!("{path} never changed as to `{text}`");
    }

    pub fn as_of(&self) -> String {
        let json: Value = serde_json::from_str(&self.get("/data/v1/registry.json").body).unwrap();
        json["as_of"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(of, _)| of.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value)
    }
}
