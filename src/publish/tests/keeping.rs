//! What stays as it is from one site to the next, and what dead builds left.

use super::*;

#[test]
fn a_build_without_change_touches_nothing() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    let before = (inode(out.clone()), fs::metadata(&out).unwrap().modified().unwrap());
    let published = publish(&out, ONE);
    assert_eq!((published.way, published.unchanged), (Way::Untouched, 4));
    assert_eq!((inode(out.clone()), fs::metadata(&out).unwrap().modified().unwrap()), before);
}

#[test]
fn an_unchanged_file_keeps_its_inode_and_a_changed_one_does_not() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    let (same, other) = (inode(out.join("ip/a.html")), inode(out.join("index.html")));
    publish(&out, TWO);
    assert_eq!(inode(out.join("ip/a.html")), same);
    assert_ne!(inode(out.join("index.html")), other);
    assert_eq!(fs::metadata(out.join("ip/a.html")).unwrap().nlink(), 1);
}

#[test]
fn a_file_changed_by_hand_is_restored() {
    let (_ground, out) = ground();
    publish(&out, ONE);
    fs::write(out.join("index.html"), "eno").unwrap();
    fs::set_permissions(out.join("mark.svg"), Permissions::from_mode(0o600)).unwrap();
    assert_eq!(publish(&out, ONE).changed, 2);
    assert_site(&out, ONE);
    assert_ne!(fs::metadata(out.join("mark.svg")).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn a_keyed_file_is_kept_only_with_the_same_key_and_untouched() {
    let (_ground, out) = ground();
    let picture = out.join("og/a.png");
    let build = |key, must_keep: bool| {
        let stage = staged(&out, &[("index.html", "one")]);
        assert_eq!(stage.keep("og/a.png", key).unwrap(), must_keep);
        if !must_keep {
            stage.write_keyed("og/a.png", key, b"picture").unwrap();
        }
        stage.publish().unwrap()
    };
    build(1, false);
    let first = inode(picture.clone());
    assert_eq!(build(1, true).way, Way::Untouched);
    build(2, false);
    build(2, true);
    assert_eq!(inode(picture.clone()), first, "the same bytes stay though the key is another");
    fs::write(&picture, "pictUre").unwrap();
    build(2, false);
    assert_eq!(fs::read(&picture).unwrap(), b"picture");
    fs::remove_file(&picture).unwrap();
    build(2, false);
    publish(&out, &[("og/a.png", "picture")]);
    build(2, false);
}

#[test]
fn what_dead_builds_left_is_removed_and_nothing_else() {
    let (ground, out) = ground();
    let left = [".public.next-1-0", ".public.next-999999-3", ".public.old-1-0"];
    let other = [".public.next-notes", ".publicity.next-1-0", "public.next-1-0"];
    for name in left.iter().chain(&other) {
        fs::create_dir_all(ground.path().join(name).join("x")).unwrap();
    }
    fs::create_dir(&out).unwrap();
    publish(&out, ONE);
    assert_eq!(names(ground.path()), [other[0], other[1], "public", other[2]]);
}

#[test]
fn the_tree_of_a_build_at_work_is_not_taken_for_left_over() {
    let (ground, out) = ground();
    let busy = ground.path().join(".public.next-1-0");
    fs::create_dir(&busy).unwrap();
    let lock = target::Lock::on(&busy).unwrap();
    publish(&out, ONE);
    assert!(busy.exists());
    drop(lock);
}

#[test]
fn a_site_that_a_dead_build_had_put_aside_comes_back() {
    let (ground, out) = ground();
    publish(&out, ONE);
    fs::rename(&out, ground.path().join(".public.old-1-0")).unwrap();
    drop(staged(&out, TWO));
    assert_site(&out, ONE);
}

#[test]
fn a_dead_build_within_the_folder_does_not_make_it_foreign() {
    let (_ground, out) = ground();
    fs::create_dir_all(out.join(".public.next-1-0/ip")).unwrap();
    publish_within(&out, ONE);
    assert_site(&out, ONE);
}
