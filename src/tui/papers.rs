//! The papers of a meeting, written into a folder of the person's own machine. Runs in the worker, never in update or
//! view.

use std::fs;
use std::path::{Path, PathBuf};

use super::files;
use crate::documents::file_out::{self, NotWritten};
use crate::documents::paper::{self, Paper, PaperKind, Wanted};
use crate::documents::word;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::domain::vocabulary::vocabulary;
use crate::service::error::Error;
use crate::service::view::proceedings::Proceedings;
use crate::service::view::show::Show;
use crate::service::view::trail::PaperTrail;
use crate::service::{Service, Session};

vocabulary!(
    /// Which papers are wanted.
    Choice {
        /// 会议纪要, and the conclusion and sheets of the item at hand.
        All = "all",
        /// 会议纪要 alone.
        Minutes = "minutes",
        /// Blank sheets of the item at hand, to be filled in by hand.
        Blank = "blank",
    }
);

impl Choice {
    /// Finds the choice of a digit.
    pub fn of_digit(digit: u8) -> Option<Choice> {
        usize::from(digit).checked_sub(1).and_then(|at| Choice::ALL.get(at)).copied()
    }

    /// Names it.
    pub const fn name(self) -> &'static str {
        match self {
            Choice::All => "会议纪要，本议题的论证结论和专家意见表",
            Choice::Minutes => "会议纪要",
            Choice::Blank => "本议题的空白意见表（会前打印，逐人填写）",
        }
    }
}

/// What is wanted, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which papers.
    pub choice: Choice,
    /// Of which meeting.
    pub meeting: MeetingCode,
    /// Of which project the papers of one item are.
    pub project: Option<ProjectCode>,
    /// The folder; one that is there already gets a number behind it.
    pub folder: String,
}

/// Where the papers are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The folder.
    pub folder: String,
    /// The files in it.
    pub files: Vec<String>,
}

/// How many folders of one name there may be.
const MOST_FOLDERS: u32 = 999;

/// Writes the papers; says in Chinese why there are none.
pub fn write(service: &mut Service, session: &Session, request: &Request) -> Result<Result<Written, String>, Error> {
    if !service.has_files()? {
        let why = "共享部署不向服务器写文件；请在本机执行：ssh 主机 meeting minutes";
        return Ok(Err(format!("{why} {} -o - > 纪要.docx", request.meeting)));
    }
    let papers = compose(service, session, request)?;
    if papers.is_empty() {
        return Ok(Err("还没有可出具的文书".to_owned()));
    }
    Ok(keep(&request.folder, &papers))
}

fn compose(service: &mut Service, session: &Session, request: &Request) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut papers = Vec::new();
    if request.choice != Choice::Blank {
        let view = service.ask(session, Proceedings { meeting: request.meeting })?;
        let (name, document) = paper::minutes(&view);
        let bytes = word::docx(&document).map_err(|error| Error::Bug(format!("docx: {error}")))?;
        papers.push((name, bytes));
    }
    let Some(project) = request.project.as_ref().filter(|_| request.choice != Choice::Minutes) else {
        return Ok(papers);
    };
    let view = service.ask(session, Show { project: project.clone() })?;
    let trail = service.ask(session, PaperTrail { project: project.clone() })?;
    let of_item: Vec<Paper> = match request.choice {
        Choice::Blank => {
            let wanted = Wanted { blank: true, ..Wanted::latest(PaperKind::ExpertSheet) };
            vec![paper::paper(&view, &trail, &wanted)?]
        }
        Choice::All | Choice::Minutes => paper::panel_papers(&view, &trail),
    };
    for paper in of_item {
        let bytes = paper.docx()?;
        papers.push((paper.file_name, bytes));
    }
    Ok(papers)
}

/// Writes files into a new folder, so that nothing is overwritten.
fn keep(folder: &str, papers: &[(String, Vec<u8>)]) -> Result<Written, String> {
    let folder = make_folder(&files::expanded(folder))?;
    for (name, bytes) in papers {
        file_out::write(&folder.join(name), bytes, false).map_err(|problem| match problem {
            NotWritten::Exists => format!("{name} 已存在，未覆盖"),
            NotWritten::Folder | NotWritten::NoName => format!("{name} 不是文件名"),
            NotWritten::Failed(error) => format!("无法写入 {name}：{error}"),
        })?;
    }
    let files = papers.iter().map(|(name, _)| name.clone()).collect();
    Ok(Written { folder: folder.to_string_lossy().into_owned(), files })
}

fn make_folder(wanted: &Path) -> Result<PathBuf, String> {
    let numbered = (2..MOST_FOLDERS).map(|number| {
        let mut name = wanted.as_os_str().to_owned();
        name.push(format!("_{number}"));
        PathBuf::from(name)
    });
    for folder in std::iter::once(wanted.to_owned()).chain(numbered) {
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("无法建立文件夹 {}：{}", folder.display(), files::reason(&error))),
        }
    }
    Err(format!("文件夹 {} 太多，请另写一个名称", wanted.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_export_gets_a_folder_of_its_own_and_overwrites_nothing() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("专评2026-02_文书").to_string_lossy().into_owned();
        let papers = [("纪要.docx".to_owned(), b"one".to_vec())];
        let first = keep(&folder, &papers).unwrap();
        let second = keep(&folder, &[("纪要.docx".to_owned(), b"two".to_vec())]).unwrap();
        assert_eq!((first.folder.as_str(), second.folder), (folder.as_str(), format!("{folder}_2")));
        assert_eq!(fs::read(Path::new(&folder).join("纪要.docx")).unwrap(), b"one");
        assert!(keep("/proc/没有/文书", &papers).unwrap_err().contains("没有这个文件或目录"));
    }
}
