//! Claims about publishing, on real folders.

mod keeping;
mod refusals;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::TempDir;

use super::*;

type Files<'a> = &'a [(&'a str, &'a str)];

const ONE: Files = &[("index.html", "one"), ("ip/a.html", "a"), ("ip/a.json", "{}"), ("mark.svg", "<svg/>")];
const TWO: Files = &[("index.html", "two"), ("ip/a.html", "a"), ("new/b.html", "b")];

/// A folder for a test with the output folder in it, which does not exist yet.
fn ground() -> (TempDir, PathBuf) {
    let ground = tempfile::tempdir().unwrap();
    let out = ground.path().join("public");
    (ground, out)
}

fn staged(out: &Path, files: Files) -> Stage {
    let stage = Stage::open(out, &[]).unwrap();
    for (path, text) in files {
        stage.write(path, text.as_bytes()).unwrap();
    }
    stage
}

fn publish(out: &Path, files: Files) -> Published {
    staged(out, files).publish().unwrap()
}

/// Publishes by one way only, as on a file system that lacks the better ones.
fn publish_by(way: Way, out: &Path, files: Files) -> Published {
    let mut stage = staged(out, files);
    let first = stage.methods.iter().position(|(method, _)| *method == way).unwrap();
    stage.methods = &stage.methods[first..];
    stage.publish().unwrap()
}

/// Publishes from within the folder, as on a mount point.
fn publish_within(out: &Path, files: Files) -> Published {
    let stage = Stage::begin(Target::claim(out, &[]).unwrap(), Tree::within).unwrap();
    for (path, text) in files {
        stage.write(path, text.as_bytes()).unwrap();
    }
    stage.publish().unwrap()
}

fn refusal(out: &Path, keep_out: &[&Path]) -> String {
    format!("{:#}", Stage::open(out, keep_out).err().expect("refused"))
}

/// The files of a folder, without the manifest.
fn files(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with(manifest::NAME) {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn assert_site(out: &Path, expected: Files) {
    let expected: Vec<_> = expected.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    assert_eq!(files(out), expected);
    assert_eq!(names(out.parent().unwrap()), ["public"], "nothing is left beside the site");
}

fn inode(path: PathBuf) -> u64 {
    fs::metadata(path).unwrap().ino()
}

#[test]
fn a_first_site_stands_complete_in_a_folder_that_was_absent() {
    let (ground, _) = ground();
    let out = ground.path().join("srv/www/public");
    let published = publish(&out, ONE);
    assert_site(&out, ONE);
    assert_eq!((published.new, published.way), (4, Way::Exchanged));
}

#[test]
fn every_way_replaces_one_site_by_another() {
    type Publish = fn(&Path, Files) -> Published;
    let ways: [(Way, Publish); 4] = [
        (Way::Exchanged, |out, files| publish_by(Way::Exchanged, out, files)),
        (Way::Renamed, |out, files| publish_by(Way::Renamed, out, files)),
        (Way::FileByFile, |out, files| publish_by(Way::FileByFile, out, files)),
        (Way::FileByFile, publish_within),
    ];
    for (way, publish) in ways {
        let (_ground, out) = ground();
        assert_eq!(publish(&out, ONE).way, way);
        assert_site(&out, ONE);
        let second = publish(&out, TWO);
        assert_eq!(second.way, way);
        assert_eq!((second.new, second.changed, second.unchanged, second.removed), (1, 1, 1, 2));
        assert!(second.foreign_removed.is_empty());
        assert_site(&out, TWO);
        assert_eq!(publish(&out, TWO).way, Way::Untouched);
    }
}

#[test]
fn every_way_turns_files_into_folders_and_back() {
    const FILE: Files = &[("a", "file"), ("b/c/d", "deep")];
    const FOLDER: Files = &[("a/x", "in folder"), ("b", "file")];
    for publish in [publish, publish_within] {
        let (_ground, out) = ground();
        for files in [FILE, FOLDER, FILE] {
            publish(&out, files);
            assert_site(&out, files);
        }
    }
}

#[test]
fn a_dropped_stage_leaves_the_old_site() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    let before = inode(out.clone());
    drop(staged(&out, TWO));
    assert_site(&out, ONE);
    assert_eq!(inode(out.clone()), before);
}

#[test]
fn a_dropped_first_stage_leaves_no_folder() {
    let (ground, out) = ground();
    drop(staged(&out, ONE));
    assert!(names(ground.path()).is_empty());
}

#[test]
fn a_link_in_the_old_site_is_never_followed() {
    for publish in [publish, publish_within] {
        let (ground, out) = ground();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("a.html"), "a").unwrap();
        publish(&out, &[("index.html", "one")]);
        symlink(elsewhere.path(), out.join("x")).unwrap();
        symlink(elsewhere.path().join("a.html"), out.join("mark.svg")).unwrap();
        let published = publish(&out, ONE);
        assert_site(&out, ONE);
        assert_eq!(published.foreign_removed, ["x"]);
        assert!(!out.join("x").is_symlink() && !out.join("mark.svg").is_symlink());
        assert_eq!(files(elsewhere.path()), [("a.html".to_owned(), "a".to_owned())]);
        drop(ground);
    }
}

#[test]
fn foreign_files_in_our_folder_are_removed_and_named() {
    for publish in [publish, publish_within] {
        let (_ground, out) = ground();
        publish(&out, ONE);
        fs::create_dir_all(out.join("deep/empty")).unwrap();
        fs::write(out.join("ip/notes.txt"), "mine").unwrap();
        let published = publish(&out, ONE);
        assert_eq!(published.foreign_removed, ["deep/empty", "ip/notes.txt"]);
        assert_eq!(published.removed, 2);
        assert_site(&out, ONE);
        assert!(!out.join("deep").exists());
    }
}

#[test]
fn a_gitkeep_is_carried_over_and_alone_makes_a_folder_no_less_empty() {
    for publish in [publish, publish_within] {
        let (_ground, out) = ground();
        fs::create_dir(&out).unwrap();
        fs::write(out.join(".gitkeep"), "").unwrap();
        for files in [ONE, TWO] {
            assert!(publish(&out, files).foreign_removed.is_empty());
            assert!(out.join(".gitkeep").is_file());
        }
    }
}

#[test]
fn a_link_to_a_folder_is_published_at_its_target() {
    let (ground, _) = ground();
    let (out, target) = (ground.path().join("current"), ground.path().join("releases/public"));
    fs::create_dir_all(&target).unwrap();
    symlink(&target, &out).unwrap();
    publish(&out, ONE);
    publish(&out, TWO);
    assert_site(&target, TWO);
    assert!(out.is_symlink());
    fs::remove_dir_all(&target).unwrap();
    assert!(refusal(&out, &[]).contains("leads nowhere"));
}

#[test]
fn the_manifest_depends_on_the_files_alone() {
    let (_one, first) = ground();
    let (_two, second) = ground();
    let mut turned = ONE.to_vec();
    turned.reverse();
    publish(&first, TWO);
    publish(&first, ONE);
    publish(&second, &turned);
    let manifest = |out: &Path| fs::read(out.join(manifest::NAME)).unwrap();
    assert_eq!(manifest(&first), manifest(&second));
}

#[test]
fn many_threads_write_one_site() {
    let (_ground, out) = ground();
    let stage = Stage::open(&out, &[]).unwrap();
    (0..2_000).into_par_iter().for_each(|number| {
        stage.write(&format!("{}/{}/{number}.html", number % 7, number % 11), b"page").unwrap();
    });
    assert_eq!(stage.publish().unwrap().new, 2_000);
    assert_eq!(files(&out).len(), 2_000);
}

#[test]
fn files_and_folders_get_the_usual_permissions() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    let mode = |path: &str| fs::metadata(out.join(path)).unwrap().mode() & 0o777;
    for (path, widest) in [("index.html", 0o644), (manifest::NAME, 0o644), ("ip/", 0o755), ("", 0o755)] {
        assert_eq!(mode(path) & !widest, 0, "{path}");
        assert_eq!(mode(path) & 0o600, 0o600, "{path}");
    }
}
