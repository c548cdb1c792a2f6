//! Who may see a published folder: permissions, owner and group of what is made, those of the folder that it replaces.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::path::Path;

/// How files and folders of a site look to others. The mask of whoever happens to build has no say: a web server has to read
/// what a careful administrator's shell would keep to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    folder: u32,
    file: u32,
    /// Owner and group, where there was a folder to take them from.
    owner: Option<(u32, u32)>,
}

impl Look {
    /// What a new site gets: everybody reads, its owner writes.
    pub(super) const PUBLIC: Look = Look { folder: 0o755, file: 0o644, owner: None };

    /// The look of a folder that stands there: what is made in its place, and below, is seen by the same people.
    pub(super) fn of(folder: &Path) -> io::Result<Look> {
        let facts = fs::metadata(folder)?;
        let mode = facts.mode() & 0o7777;
        Ok(Look { folder: mode, file: mode & 0o666, owner: Some((facts.uid(), facts.gid())) })
    }

    /// Makes a file that was not there.
    pub(super) fn create(&self, path: &Path) -> io::Result<File> {
        let file = OpenOptions::new().write(true).create_new(true).mode(self.file).open(path)?;
        let facts = file.metadata()?;
        self.put_owner(path, &facts);
        if facts.mode() & 0o7777 != self.file {
            file.set_permissions(Permissions::from_mode(self.file))?;
        }
        Ok(file)
    }

    /// Makes a folder and those above it, as far as they are absent.
    pub(super) fn make_folders(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.make_folders(above)?;
        }
        match fs::DirBuilder::new().mode(self.folder).create(folder) {
            // Another thread needed it too.
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
            made => made.and_then(|()| self.put_on_folder(folder)),
        }
    }

    /// Gives a folder this look.
    pub(super) fn put_on_folder(&self, folder: &Path) -> io::Result<()> {
        let facts = fs::metadata(folder)?;
        // A change of owner takes the bits of groups away, so permissions come second.
        self.put_owner(folder, &facts);
        if fs::metadata(folder)?.mode() & 0o7777 != self.folder {
            fs::set_permissions(folder, Permissions::from_mode(self.folder))?;
        }
        Ok(())
    }

    /// Whether a file looks as one that is made now.
    pub(super) fn fits(&self, facts: &fs::Metadata) -> bool {
        facts.is_file() && facts.mode() & 0o7777 == self.file
    }

    /// Only root may give things away; for all others the files stay their own, as any they make.
    fn put_owner(&self, path: &Path, facts: &fs::Metadata) {
        if let Some((owner, group)) = self.owner.filter(|owner| *owner != (facts.uid(), facts.gid())) {
            let _ = chown(path, Some(owner), Some(group)).or_else(|_| chown(path, None, Some(group)));
        }
    }
}
