//! The thread that has the disk keep what was appended: what comes within a few milliseconds together, at once.

use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Trouble;

/// How long the first of them waits for more. With the disk's own time it stays within 50 ms.
const TOGETHER: Duration = Duration::from_millis(30);

/// News from the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// Everything up to this append is kept.
    Kept(u64),
    /// The disk would not keep it: what was appended to these files may be lost with the power.
    Failed(Trouble),
}

/// Something to be kept.
#[derive(Debug)]
pub(super) struct Due {
    pub file: Arc<OwnedFd>,
    /// The folder, where its list of names changed.
    pub folder: Option<Arc<OwnedFd>>,
    pub append: u64,
}

/// The thread; it ends, after all is kept, with its owner.
#[derive(Debug)]
pub(super) struct Syncer {
    due: Option<Sender<Due>>,
    thread: Option<JoinHandle<()>>,
}

impl Syncer {
    /// Starts the thread.
    pub fn start(report: impl Fn(Report) + Send + 'static) -> Syncer {
        let (due, waiting) = channel();
        let thread = thread::spawn(move || keep(&waiting, report));
        Syncer { due: Some(due), thread: Some(thread) }
    }

    /// Has something kept.
    pub fn keep(&self, due: Due) {
        if let Some(sender) = &self.due {
            // Without the thread the file is still written; only a power cut could take it.
            let _ = sender.send(due);
        }
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        drop(self.due.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn keep(waiting: &Receiver<Due>, report: impl Fn(Report)) {
    while let Ok(first) = waiting.recv() {
        let deadline = Instant::now() + TOGETHER;
        let mut all = vec![first];
        while let Ok(more) = waiting.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            all.push(more);
        }
        let last = all.iter().map(|due| due.append).max().unwrap_or_default();
        report(match sync(&all) {
            Ok(()) => Report::Kept(last),
            Err(errno) => Report::Failed(errno.into()),
        });
    }
}

fn sync(all: &[Due]) -> rustix::io::Result<()> {
    let mut done: Vec<&Arc<OwnedFd>> = Vec::new();
    for due in all {
        if !done.iter().any(|file| Arc::ptr_eq(file, &due.file)) {
            rustix::fs::fdatasync(&*due.file)?;
            done.push(&due.file);
        }
        if let Some(folder) = &due.folder {
            rustix::fs::fsync(&**folder)?;
        }
    }
    Ok(())
}
