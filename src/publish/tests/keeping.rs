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

#[test]
fn a_publication_file_by_file_that_was_interrupted_is_finished_by_the_next_start() {
    for interrupted_after in 0..3 {
        let (_ground, out) = ground();
        publish(&out, ONE);
        let stage = staged(&out, TWO);
        let placed = std::mem::take(&mut *stage.placed.lock().unwrap());
        stage.tree.write_manifest(&Manifest::of(&placed).to_bytes().unwrap()).unwrap();
        journal::Journal::of(&stage.old, &placed).write(&stage.tree.root).unwrap();
        for path in [manifest::NAME, "new/b.html", "index.html"].iter().take(interrupted_after) {
            swap::replace(&stage.tree.root, &out, stage.target.look, path).unwrap();
        }
        // A dead build gives its locks back and tidies nothing up.
        let Stage { tree, target, .. } = stage;
        let left = tree.root.clone();
        let kept = out.parent().unwrap().join("kept");
        fs::rename(&left, &kept).unwrap();
        drop((tree, target));
        fs::rename(&kept, &left).unwrap();
        assert_eq!(recover(&out).unwrap(), Some(Recovered::Finished), "after {interrupted_after}");
        assert_site(&out, TWO);
        assert_eq!(recover(&out).unwrap(), None);
    }
}

#[test]
fn a_site_that_was_put_out_of_the_way_is_back_before_anything_else_is_done() {
    let (ground, out) = ground();
    publish(&out, ONE);
    fs::rename(&out, ground.path().join(".public.old-1-0")).unwrap();
    assert_eq!(recover(&out).unwrap(), Some(Recovered::PutBack));
    assert_site(&out, ONE);
    assert_eq!(recover(&ground.path().join("never/there")).unwrap(), None);
}

#[test]
fn a_new_site_is_seen_by_those_who_saw_the_old_one() {
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    for (folder, file) in [(0o755, 0o644), (0o2750, 0o640), (0o700, 0o600), (0o775, 0o664)] {
        let (_ground, out) = ground();
        fs::create_dir(&out).unwrap();
        fs::set_permissions(&out, Permissions::from_mode(folder)).unwrap();
        for files in [ONE, TWO] {
            publish(&out, files);
            assert_eq!((mode(&out), mode(&out.join("ip"))), (folder, folder));
            assert_eq!(mode(&out.join("index.html")), file);
        }
    }
}
