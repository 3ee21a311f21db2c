//! The folders of the drafts, safe from other hands: each step is opened by its name in the one before, no symbolic
//! link is followed, and what belongs to somebody else or is open to others is not used.

use std::os::fd::OwnedFd;

use rustix::fs::{
    AtFlags, Dir, FileType, FlockOperation, Mode, OFlags, fchmod, flock, fstat, mkdirat, openat, unlinkat,
};
use rustix::io::Errno;
use rustix::process::geteuid;

use super::{Owner, Trouble};

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);
const FILE: OFlags = OFlags::RDWR.union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

/// What the names of journals end with.
const SUFFIX: &str = ".draft";

/// The largest file read back; whoever types writes a hundredth of it.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The folder of an account's drafts in a database.
#[derive(Debug)]
pub(super) struct Folder {
    pub drafts: OwnedFd,
    pub trash: OwnedFd,
}

impl Folder {
    /// Opens the folders and makes those that are not there.
    pub fn open(owner: &Owner) -> Result<Folder, Trouble> {
        use std::os::unix::fs::DirBuilderExt;
        // Above its own folders the person's home may be laid out with links as it likes.
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&owner.state);
        made.map_err(|error| Trouble::from(Errno::from_io_error(&error).unwrap_or(Errno::IO)))?;
        let state = rustix::fs::open(&owner.state, FOLDER.difference(OFlags::NOFOLLOW), Mode::empty())?;
        let drafts = enter(&state, "drafts")?;
        let database = enter(&drafts, &safe_name(&owner.database))?;
        let account = enter(&database, &safe_name(&owner.account))?;
        let trash = enter(&account, "trash")?;
        Ok(Folder { drafts: account, trash })
    }

    /// Makes a new file and locks it; tells its name.
    pub fn create(&self) -> Result<(String, OwnedFd), Trouble> {
        loop {
            let name = format!("{}{SUFFIX}", random_name());
            let flags = FILE.union(OFlags::CREATE).union(OFlags::EXCL).union(OFlags::APPEND);
            match openat(&self.drafts, &name, flags, Mode::RUSR.union(Mode::WUSR)) {
                Ok(file) => {
                    // Nobody else knows of it yet; a file system without locks is as good as a single program.
                    let _ = flock(&file, FlockOperation::NonBlockingLockExclusive);
                    return Ok((name, file));
                }
                Err(Errno::EXIST) => {}
                Err(errno) => return Err(errno.into()),
            }
        }
    }

    /// Opens a file that is there and tells whether it could be locked: else another program has it.
    pub fn reopen(&self, name: &str) -> Result<(OwnedFd, bool), Trouble> {
        let file = openat(&self.drafts, name, FILE.union(OFlags::APPEND), Mode::empty())?;
        let facts = fstat(&file)?;
        let regular = FileType::from_raw_mode(facts.st_mode) == FileType::RegularFile;
        if !regular || facts.st_uid != geteuid().as_raw() || facts.st_nlink != 1 {
            return Err(Trouble::Unsafe);
        }
        fchmod(&file, Mode::RUSR.union(Mode::WUSR))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok((file, true)),
            Err(Errno::WOULDBLOCK) => Ok((file, false)),
            Err(_) => Ok((file, true)),
        }
    }

    /// Lists the journals.
    pub fn names(&self) -> Result<Vec<String>, Trouble> {
        names_in(&self.drafts)
    }

    /// Removes a file.
    pub fn remove(&self, name: &str) -> Result<(), Trouble> {
        Ok(unlinkat(&self.drafts, name, AtFlags::empty())?)
    }
}

/// Lists the journals in a folder.
pub(super) fn names_in(folder: &OwnedFd) -> Result<Vec<String>, Trouble> {
    let mut names = Vec::new();
    for entry in Dir::read_from(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(SUFFIX) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Reads a whole file.
pub(super) fn read(file: &OwnedFd) -> Result<Vec<u8>, Trouble> {
    let length = u64::try_from(fstat(file)?.st_size).unwrap_or(0);
    if length > LARGEST {
        return Err(Trouble::Unsafe);
    }
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match rustix::io::pread(file, &mut buffer, bytes.len() as u64) {
            Ok(0) => return Ok(bytes),
            Ok(count) => bytes.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
        if bytes.len() as u64 > LARGEST {
            return Err(Trouble::Unsafe);
        }
    }
}

/// Opens a folder by its name in another, and makes it where it is not there.
fn enter(parent: &OwnedFd, name: &str) -> Result<OwnedFd, Trouble> {
    match mkdirat(parent, name, Mode::RWXU) {
        Ok(()) | Err(Errno::EXIST) => {}
        Err(errno) => return Err(errno.into()),
    }
    let folder = openat(parent, name, FOLDER, Mode::empty())?;
    let facts = fstat(&folder)?;
    if facts.st_uid != geteuid().as_raw() {
        return Err(Trouble::Unsafe);
    }
    if facts.st_mode & 0o077 != 0 {
        fchmod(&folder, Mode::RWXU)?;
    }
    Ok(folder)
}

/// Writes a name so that it is one in every file system, and no two names become the same.
fn safe_name(name: &str) -> String {
    let mut safe = String::from("_");
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => safe.push(char::from(byte)),
            other => safe.push_str(&format!("%{other:02x}")),
        }
    }
    // A file system takes 255 bytes; so long an account stands for itself by its digest.
    if safe.len() > 200 { crate::domain::audit::hex(&crate::domain::audit::digest(name.as_bytes())) } else { safe }
}

fn random_name() -> String {
    let mut bytes = [0u8; 16];
    // Without randomness the moment still tells names apart; one that is taken is tried again.
    if rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty()).is_err() {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        let nanos = i128::from(now.tv_sec) * 1_000_000_000 + i128::from(now.tv_nsec);
        bytes = (nanos ^ i128::from(std::process::id()) << 96).to_be_bytes();
    }
    crate::domain::audit::hex(&bytes)
}
