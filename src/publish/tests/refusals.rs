//! What is not published, and not harmed either.

use super::*;

#[test]
fn a_failed_write_forbids_to_publish() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    let stage = staged(&out, TWO);
    assert!(stage.write("../escape.html", b"x").is_err());
    assert!(stage.publish().is_err());
    assert_site(&out, ONE);
}

#[test]
fn two_files_at_one_address_are_an_error() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    for (path, text) in [("index.html", "one"), ("index.html", "other"), ("fresh.html", "x")] {
        let stage = staged(&out, &[]);
        stage.write(path, text.as_bytes()).unwrap();
        let error = stage.write(path, text.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("two files want the address `{path}`"));
    }
}

#[test]
fn a_file_and_a_folder_at_one_address_are_an_error() {
    let (_ground, out) = ground();
    let stage = staged(&out, &[("a", "file")]);
    assert!(stage.write("a/b", b"x").is_err());
    assert!(stage.publish().is_err());
}

#[test]
fn only_safe_addresses_are_written() {
    let (_ground, out) = ground();
    let stage = staged(&out, &[(".well-known/security.txt", "x"), ("img/a@2x_1.png", "x")]);
    let unsafe_ones = ["", "/a", "a/", "a//b", "a/../b", "..", "./a", "a b", "認定", "a\\b", "a\0", "a~new"];
    for path in unsafe_ones.into_iter().chain([manifest::NAME, old::GITKEEP]) {
        assert!(stage.write(path, b"x").is_err(), "{path:?}");
    }
}

#[test]
fn a_foreign_folder_is_refused_and_left_alone() {
    let (_ground, out) = ground();
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "the only copy").unwrap();
    let message = refusal(&out, &[]);
    assert!(message.contains("public") && message.contains("`thesis.txt`"), "{message}");
    assert_site(&out, &[("thesis.txt", "the only copy")]);
}

#[test]
fn a_folder_with_a_damaged_or_unknown_manifest_is_refused() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    for text in ["", "{", r#"{"format":99,"files":{}}"#] {
        fs::write(out.join(manifest::NAME), text).unwrap();
        assert!(refusal(&out, &[]).contains(manifest::NAME));
    }
}

#[test]
fn a_repository_is_refused_even_if_it_is_ours() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    fs::create_dir(out.join(".git")).unwrap();
    assert!(refusal(&out, &[]).contains("`.git`"));
}

#[test]
fn a_file_is_refused() {
    let (_ground, out) = ground();
    fs::write(&out, "text").unwrap();
    assert!(refusal(&out, &[]).contains("is a file"));
    assert!(Stage::open(&out.join("below"), &[]).is_err());
}

#[test]
fn nothing_is_published_into_onto_or_around_the_records() {
    let (ground, _) = ground();
    let root = ground.path();
    let content = root.join("registry/content");
    fs::create_dir_all(&content).unwrap();
    symlink(&content, root.join("link")).unwrap();
    let outs = ["registry/content", "registry/content/new/public", "registry", ".", "link/x", "registry/x/../content"];
    fs::create_dir(root.join("registry/x")).unwrap();
    for out in outs {
        let message = refusal(&root.join(out), &[&content]);
        assert!(message.contains("lies in") || message.contains("contains"), "{out}: {message}");
    }
    assert!(refusal(&root.join("themes/site"), &[&content, &root.join("themes")]).contains("lies in"));
    assert!(Stage::open(&root.join("registry/content2"), &[&content]).is_ok());
    assert!(Stage::open(Path::new("/"), &[]).is_err());
}

#[test]
fn a_way_back_out_of_an_absent_folder_is_refused() {
    let (ground, _) = ground();
    assert!(refusal(&ground.path().join("absent/../public"), &[]).contains("`..`"));
}

#[test]
fn a_second_build_at_once_is_refused_and_harms_nothing() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    let first = staged(&out, TWO);
    assert!(refusal(&out, &[]).contains("another build"));
    first.publish().unwrap();
    assert_site(&out, TWO);
}

#[test]
fn a_folder_replaced_while_the_site_was_made_is_left_alone() {
    let (ground, out) = ground();
    publish(&out, ONE);
    let stage = staged(&out, TWO);
    fs::rename(&out, ground.path().join("moved")).unwrap();
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "the only copy").unwrap();
    assert!(stage.publish().unwrap_err().to_string().contains("was replaced"));
    assert_eq!(names(&out), ["thesis.txt"]);
}

#[test]
fn a_kept_address_is_taken() {
    let (_ground, out) = ground();
    let stage = staged(&out, &[]);
    stage.write_keyed("a.png", 7, b"picture").unwrap();
    stage.publish().unwrap();
    let stage = staged(&out, &[]);
    assert!(stage.keep("a.png", 7).unwrap());
    assert!(stage.write("a.png", b"other").is_err());
    assert!(stage.keep("a.png", 7).is_err());
}
