//! A form read and rehearsed, before anything of it is registered.

use super::files;
use crate::documents::import::{Directions, FormFile, Unusable};
use crate::service::command::{Command, Done, ImportReport};
use crate::service::error::Error;
use crate::service::{Service, Session};
use crate::wording::intake as said;

/// What an import would do.
#[derive(Debug)]
pub struct Preview {
    /// The form.
    pub form: FormFile,
    /// What registering its good rows would lead to, or why it would be refused.
    pub foreseen: Result<ImportReport, Error>,
}

impl Preview {
    /// Tells how many projects would be registered.
    pub fn count(&self) -> usize {
        self.foreseen.as_ref().map_or(0, |report| report.created.len())
    }

    /// Tells whether rows have to be skipped.
    pub fn skips(&self) -> bool {
        !self.form.rows_left_out().is_empty()
    }

    /// Makes the command that registers the good rows.
    pub fn command(&self) -> Command {
        Command::ImportProjects(self.form.import(&Directions::default(), true))
    }
}

/// Says why files cannot be read here: on a shared machine a path is one of the server, and reading it with the
/// server's rights would show people files of others.
pub fn closed(service: &mut Service) -> Result<Option<String>, Error> {
    let has_none = !service.has_files()?;
    Ok(has_none.then(|| "共享部署不读取服务器上的文件；请在本机执行：ssh 主机 import - < 文件".to_owned()))
}

/// Reads a form and rehearses its registration; says in Chinese why it cannot be read.
pub fn preview(service: &mut Service, session: &Session, path: &str) -> Result<Result<Preview, String>, Error> {
    if let Some(why) = closed(service)? {
        return Ok(Err(why));
    }
    let form = match files::read(path).and_then(|(name, bytes)| FormFile::read(&name, &bytes).map_err(unusable)) {
        Ok(form) => form,
        Err(why) => return Ok(Err(why)),
    };
    if form.is_secret || form.form.candidates.is_empty() {
        return Ok(Ok(Preview { form, foreseen: Ok(ImportReport::default()) }));
    }
    let mut preview = Preview { form, foreseen: Ok(ImportReport::default()) };
    preview.foreseen = service.rehearse(session, &preview.command()).map(|done| match done {
        Done::Imported(report) => report,
        Done::Project { .. } | Done::Undone { .. } | Done::Noted { .. } | Done::System { .. } | Done::Experts(_) => {
            ImportReport::default()
        }
    });
    Ok(Ok(preview))
}

fn unusable(reason: Unusable) -> String {
    match reason {
        Unusable::Unreadable(reason) => said::unreadable(&reason),
        Unusable::NoForm(reason) => said::no_form(&reason),
    }
}
