//! What the tests share: a registry in a folder of its own, the real program run on it, and its output as a map.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "each test binary uses a part of it, and a test may fail"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

pub mod preview;

/// The day on which tests take place where none is given.
pub const DAY: &str = "2026-11-22";

/// A registry in a temporary folder.
pub struct Registry {
    folder: TempDir,
}

/// What a run of the program left.
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Registry {
    /// A copy of a folder below `tests/` that holds `content/`.
    pub fn copy_of(name: &str) -> Registry {
        let registry = Registry { folder: tempfile::tempdir().unwrap() };
        copy(&tests().join(name), registry.root());
        registry
    }

    /// Its root.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Where its site is built.
    pub fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Writes a file below the root, folders included.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Registry {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// The text of a file below the root.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// Replaces a text that stands in a file.
    pub fn edit(&self, path: &str, from: &str, to: &str) -> &Registry {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, text.replace(from, to))
    }

    /// Removes a file or folder.
    pub fn remove(&self, path: &str) -> &Registry {
        let path = self.root().join(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
        self
    }

    /// `kohyo check` as of a day, in JSON and English.
    pub fn check(&self, day: &str) -> Run {
        self.run(&["check", "--format", "json", "--lang", "en", "--date", day])
    }

    /// `kohyo build` with both days.
    pub fn build_on(&self, day: &str, today: &str) -> Run {
        self.run(&["build", "--lang", "en", "--date", day, "--today", today])
    }

    /// Builds as of a day that is today as well, and returns the site.
    pub fn site(&self, day: &str) -> BTreeMap<String, Vec<u8>> {
        let run = self.build_on(day, day);
        assert_eq!(run.code, 0, "{}", run.stderr);
        tree(&self.public())
    }

    /// Runs the program on this registry.
    pub fn run(&self, args: &[&str]) -> Run {
        let (command, rest) = args.split_first().unwrap();
        let root = self.root().to_str().unwrap();
        let mut all = vec![*command, "--root", root];
        all.extend(rest);
        run(&all, &[])
    }
}

/// Runs the program with arguments and environment.
pub fn run(args: &[&str], env: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kohyo"));
    command.args(args).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8").envs(env.iter().copied());
    let output = command.stdin(Stdio::null()).output().unwrap();
    Run {
        code: output.status.code().expect("the program ends by itself"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The folder of the tests.
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Copies a folder over another.
pub fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from).min_depth(1) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder with its bytes, by path.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(folder).into_iter().map(|entry| entry.unwrap()).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Compares a text with what is expected in a file; with `BLESS=1` the file is rewritten instead, and its diff reviewed.
pub fn expect(path: &Path, actual: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(actual, expected, "{} differs; BLESS=1 accepts", path.display());
}
