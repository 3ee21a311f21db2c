//! The operating system's user. The environment is not asked: `USER` can be set to anybody.

use std::path::Path;

use crate::domain::text::clean_line;

/// A passwd file of more than this is none.
const LARGEST: u64 = 8 << 20;

/// Tells the name of the user who runs the program, or `uid:N` where the machine has no name for it.
pub fn os_user() -> String {
    let uid = uid();
    user_named(uid).unwrap_or_else(|| format!("uid:{uid}"))
}

fn user_named(uid: u32) -> Option<String> {
    std::fs::metadata("/etc/passwd")
        .ok()
        .filter(|file| file.is_file() && file.len() <= LARGEST)
        .and_then(|_| std::fs::read("/etc/passwd").ok())
        .and_then(|bytes| name_of(&String::from_utf8_lossy(&bytes), uid))
}

/// Tells the name of the user a file belongs to, where the machine has one for it.
pub fn owner(file: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let uid = std::fs::symlink_metadata(file).ok()?.uid();
    user_named(uid)
}

/// Tells whether a file belongs to the user who runs the program.
pub fn owns(file: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(file).is_ok_and(|file| file.uid() == uid())
}

fn uid() -> u32 {
    rustix::process::getuid().as_raw()
}

fn name_of(passwd: &str, uid: u32) -> Option<String> {
    let mut lines = passwd.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let number: u32 = fields.nth(1)?.parse().ok()?;
        (number == uid && !name.is_empty()).then(|| clean_line(name).into_owned())
    });
    lines.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_number_and_not_by_name() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nbroken\n王五:x:1000:1000::/home/w:/bin/sh\n";
        assert_eq!(name_of(passwd, 1000).as_deref(), Some("王五"));
        assert_eq!(name_of(passwd, 7), None);
    }
}
