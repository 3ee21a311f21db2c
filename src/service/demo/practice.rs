//! A county to practise in: sample data in a folder of its own, of which every task gets a fresh copy. Nothing that is
//! done there reaches any other database, and the folder goes when the sitting ends.

use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::DemoOptions;
use crate::service::clock::Clock;
use crate::service::error::{Answer, StoreError};
use crate::service::{Service, Session, random_name, store};

/// The county.
#[derive(Debug)]
pub struct Practice {
    folder: PathBuf,
    os_user: String,
    /// How many copies were made.
    copies: u32,
}

impl Practice {
    /// Makes it, in the system's folder for what is thrown away.
    pub fn make(os_user: &str) -> Answer<Practice> {
        let folder = std::env::temp_dir().join(format!("pingshen-practice-{}", random_name()));
        std::fs::DirBuilder::new().mode(0o700).create(&folder).map_err(|error| unwritable(&folder, &error))?;
        // From here on the folder goes, whatever happens.
        let practice = Practice { folder, os_user: os_user.to_owned(), copies: 0 };
        let options = DemoOptions::default();
        let county = practice.county();
        // Closed at once: what is copied has nothing beside it.
        Service::create_demo(&county, os_user, Clock::System, options, &mut |_, _| {})?;
        Ok(practice)
    }

    /// Opens a copy nobody has touched, as an account. The copy before the last one is thrown away.
    pub fn open(&mut self, account: &str) -> Answer<(Service, Session)> {
        self.copies += 1;
        let copy = self.copy(self.copies);
        std::fs::copy(self.county(), &copy).map_err(|error| unwritable(&copy, &error))?;
        if let Some(old) = self.copies.checked_sub(2) {
            store::take_away(&self.copy(old));
        }
        let mut service = Service::open(&copy, Clock::System)?;
        let session = service.sign_in(Some(account), &self.os_user)?;
        Ok((service, session))
    }

    fn county(&self) -> PathBuf {
        self.folder.join("county.db")
    }

    fn copy(&self, number: u32) -> PathBuf {
        self.folder.join(format!("task-{number}.db"))
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        // Invented projects only: what cannot be removed now is cleared with everything else there.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn unwritable(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
        _ => StoreError::Unreachable { path: path.to_owned(), detail: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::search::Filter;
    use crate::service::view::queue::List;
    use crate::service::views::SavedView;

    #[test]
    fn every_task_begins_with_a_county_nobody_has_touched_and_nothing_is_left_behind() {
        let mut practice = Practice::make("os").unwrap();
        let folder = practice.folder.clone();
        let (mut service, session) = practice.open("reviewer").unwrap();
        assert!(service.holds_sample_data().unwrap());
        let view = SavedView { digit: 7, name: "七".to_owned(), source: None, query: String::new() };
        service.keep_view(&session, &view).unwrap();
        let (mut next, session) = practice.open("reviewer").unwrap();
        assert!(next.ask(&session, crate::service::views::SavedViews).unwrap().is_empty());
        let all = List { stage: None, filter: Filter::all_of(Vec::new()), sort: Vec::new(), after: None, limit: 1 };
        assert!(next.ask(&session, all).unwrap().total > 20);
        drop((service, next));
        practice.open("panel-secretary").unwrap();
        assert!(!folder.join("task-1.db").exists() && folder.join("task-3.db").exists());
        drop(practice);
        assert!(!folder.exists());
    }
}
