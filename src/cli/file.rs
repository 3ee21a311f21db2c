//! Files people name: read and written where the person may name files at all.
//!
//! Nothing else of the command line opens a path that a person wrote. Over SSH all sessions run as the one user who owns
//! the database: a path there would be read and written with that user's rights, so there is only standard input and
//! output.

use std::path::{Path, PathBuf};

use super::failure::{Failure, FailureKind, Outcome};
use super::place::{Place, folders, reason, variable};
use crate::documents::file_out::{self, NotWritten};
use crate::service::error::Kind;

/// The largest file read from a person.
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;

/// Whether a path is read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is read.
    In,
    /// It is written.
    Out,
}

impl Place {
    /// Refuses to name a file where there are none for the person; says what to do instead.
    pub fn may_name(&self, path: &Path, way: Way) -> Outcome<()> {
        if self.reach.has_files() || path == Path::new("-") {
            return Ok(());
        }
        let shown = path.display();
        let (message, hint) = match way {
            Way::In => (
                format!("经 SSH 登录不读取服务器上的文件，未读取 {shown}"),
                "请用标准输入，在本机执行，如：ssh 主机 import - < 申报表.xlsx",
            ),
            Way::Out => (
                format!("经 SSH 登录不向服务器写文件，未写入 {shown}"),
                "请用标准输出，在本机执行，如：ssh 主机 document 编号 opinion -o - > 意见书.docx",
            ),
        };
        Err(Failure::new(FailureKind::Service(Kind::Denied), message, hint))
    }

    /// Reads a file a person named, or standard input for `-`.
    pub fn read_file(&self, path: &Path) -> Outcome<Vec<u8>> {
        self.may_name(path, Way::In)?;
        read_file(path)
    }

    /// Reads a file as text.
    pub fn read_text(&self, path: &Path) -> Outcome<String> {
        String::from_utf8(self.read_file(path)?)
            .map_err(|_| Failure::invalid(format!("{} 不是 UTF-8 编码的文字", path.display()), "请另存为 UTF-8 后重试"))
    }

    /// Writes a file whole or not at all; one that is there is replaced only where the person said so.
    pub fn write_file(&self, path: &Path, bytes: &[u8], replace: bool) -> Outcome<()> {
        self.may_name(path, Way::Out)?;
        write_file(path, bytes, replace)
    }

    /// Where a person changes keys: `keys.toml` of the configuration directory. Over SSH that directory is nobody's own.
    pub fn keys_file(&self) -> Option<PathBuf> {
        let folders = folders().filter(|_| self.reach.has_files());
        folders.map(|folders| folders.config_dir().join("keys.toml"))
    }

    /// Reads what a person changed in the keys; nothing where there is no file, and in Chinese why it cannot be read.
    pub fn keys_text(&self) -> Result<Option<String>, String> {
        let Some(path) = self.keys_file().filter(|path| path.exists()) else { return Ok(None) };
        self.read_text(&path).map(Some).map_err(|failure| failure.message)
    }

    /// Tells the folder of the person's state on this machine: drafts are kept there, apart for each account. Who runs
    /// programs for several people under one user of the system may say another; over SSH it is beside the database.
    pub fn state_folder(&self) -> Option<PathBuf> {
        if !self.reach.has_files() {
            return self.database.parent().map(|folder| folder.join("state"));
        }
        let said = variable("PINGSHEN_STATE_DIR").map(PathBuf::from);
        said.or_else(|| {
            folders().map(|folders| folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
        })
    }
}

fn read_file(path: &Path) -> Outcome<Vec<u8>> {
    use std::io::Read;
    let shown = path.display();
    let unreadable = |error: std::io::Error| {
        Failure::invalid(format!("无法读取 {shown}：{}", reason(&error)), "请核对文件路径和权限")
    };
    let too_large = || Failure::invalid(format!("{shown} 超过 20 MiB"), "请减小文件后重试");
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        let metadata = std::fs::metadata(path).map_err(unreadable)?;
        // A pipe such as <(…) is welcome; a folder is not a file to read.
        if metadata.is_dir() {
            return Err(Failure::invalid(format!("{shown} 是目录，不是文件"), "请指定文件"));
        }
        let file = std::fs::File::open(path).map_err(unreadable)?;
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if bytes.len() as u64 > LARGEST_FILE { Err(too_large()) } else { Ok(bytes) }
}

fn write_file(path: &Path, bytes: &[u8], replace: bool) -> Outcome<()> {
    let shown = path.display();
    file_out::write(path, bytes, replace).map_err(|problem| match problem {
        NotWritten::Exists => {
            Failure::invalid(format!("{shown} 已存在，未覆盖"), "请换一个文件名；确需覆盖的，加 --force")
        }
        NotWritten::Folder => Failure::invalid(format!("{shown} 是目录，不是文件"), "请写明文件名"),
        NotWritten::NoName => Failure::invalid(format!("{shown} 不是文件名"), "请写明文件名"),
        NotWritten::Failed(error) => {
            Failure::invalid(format!("无法写入 {shown}：{}", reason(&error)), "请核对文件路径、权限和磁盘空间")
        }
    })
}
