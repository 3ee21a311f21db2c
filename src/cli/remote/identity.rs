//! Who came in: sshd names the file that says with which key, and nobody else could have written it.

use std::io::Read;

use rustix::fs::{FileType, Mode, OFlags, fstat, open};
use rustix::process::geteuid;

use super::environment;
use crate::domain::key::{Fingerprint, PublicKey};

/// The largest file read; a key has a tenth of it.
const LARGEST: u64 = 64 * 1024;

/// Why it is not known with which key somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotShown {
    /// sshd names no file.
    NoFile,
    /// The file is missing, somebody else's, or open to others.
    NotOurs,
    /// The file does not say that exactly one public key opened the door.
    NotOneKey,
}

impl NotShown {
    /// Says what to do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            NotShown::NoFile => "请系统管理员在 sshd 设置中写明 ExposeAuthInfo yes",
            NotShown::NotOurs => "请系统管理员检查 sshd 的 ExposeAuthInfo 设置和临时目录的权限",
            NotShown::NotOneKey => "请系统管理员在 sshd 设置中写明 AuthenticationMethods publickey；证书登录不受支持",
        }
    }
}

/// Tells the key that opened the door.
pub fn shown() -> Result<Fingerprint, NotShown> {
    let path = environment::authentication().ok_or(NotShown::NoFile)?;
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = open(&path, flags, Mode::empty()).map_err(|_| NotShown::NotOurs)?;
    let facts = fstat(&file).map_err(|_| NotShown::NotOurs)?;
    let is_file = FileType::from_raw_mode(facts.st_mode) == FileType::RegularFile;
    let is_ours = facts.st_uid == geteuid().as_raw() && facts.st_mode & 0o077 == 0 && facts.st_nlink == 1;
    if !is_file || !is_ours {
        return Err(NotShown::NotOurs);
    }
    let mut text = String::new();
    std::fs::File::from(file).take(LARGEST).read_to_string(&mut text).map_err(|_| NotShown::NotOneKey)?;
    key_in(&text).ok_or(NotShown::NotOneKey)
}

fn key_in(text: &str) -> Option<Fingerprint> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let line = lines.next()?;
    let mut words = line.split_whitespace();
    let (method, kind, blob) = (words.next()?, words.next()?, words.next()?);
    let one = lines.next().is_none() && words.next().is_none() && method == "publickey";
    one.then(|| PublicKey::of(kind, blob)).flatten().map(|key| key.fingerprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_key_tells_who_it_is() {
        let key = include_str!("../../../tests/fixtures/keys/ed25519.pub");
        let (bare, _) = key.rsplit_once(' ').unwrap();
        let line = format!("publickey {bare}\n");
        let printed = "SHA256:rvf/9l8JMJ6/yHDo3GnpAQlEDUhCmDYe9TXAzqJXX4E";
        assert_eq!(key_in(&line).unwrap().as_str(), printed);
        for other in [
            String::new(),
            format!("{line}{line}"),
            format!("{line}password\n"),
            "password\n".to_owned(),
            format!("hostbased {bare}\n"),
            line.replace("publickey ", "publickey command=\"sh\" "),
            line.replace("ssh-ed25519 ", "ssh-ed25519-cert-v01@openssh.com "),
        ] {
            assert_eq!(key_in(&other), None, "{other}");
        }
    }
}
