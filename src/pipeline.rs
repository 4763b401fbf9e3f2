//! Many items through one function on all cores: input order kept, memory bounded.
//!
//! In: an iterator, a function, a consumer. A thread of its own reads the iterator into batches,
//! workers apply the function, the calling thread consumes the results in the order of the input.
//! A flag can end a run early. Nothing here knows what an item is.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::error::Result;

/// A batch is closed when its items reach this many bytes,
const BATCH_BYTES: usize = 1 << 20;
/// or this many items.
const BATCH_ITEMS: usize = 256;
/// Batches read but not yet consumed, for each worker.
const BATCHES_PER_WORKER: usize = 3;
/// While more bytes than this, for each worker, are read but not yet consumed, reading waits. It
/// holds back documents that are much larger than a batch.
const BYTES_PER_WORKER: usize = 8 << 20;
/// How often a worker that has nothing to do looks for a batch that is not full, and whether the run
/// is to end: a flag, which is all that the handler of a signal may set, wakes nobody.
const LOOK: Duration = Duration::from_millis(50);

/// How a run works.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Threads that work; with one or none everything happens on the calling thread, unless
    /// `items_may_wait`.
    pub threads: usize,
    /// Whether the next item may be long in coming, as from a pipe. Then a thread of its own reads
    /// even for one worker, so that `stop` is heeded while it waits.
    pub items_may_wait: bool,
    /// Ends the run early once it is `true`.
    pub stop: Arc<AtomicBool>,
}

impl Settings {
    /// For items that are at hand, and a run that nothing ends early.
    #[must_use]
    pub fn new(threads: usize) -> Self {
        Self { threads, items_may_wait: false, stop: Arc::default() }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum End {
    /// Every item was read and its result consumed.
    All,
    /// Because of [`Settings::stop`]: the results of some first items were consumed.
    Stopped,
}

/// Applies `work` to every item on `threads` threads and hands the results to `write`, in the order
/// of the items. `size_of` gives an item's size in bytes.
///
/// With one thread (or none) everything happens on the calling thread, item by item. With more, at
/// most a few batches of about 1 MB (or one item, if that is larger) for each thread are in memory.
/// A batch that fills slowly is worked on as it is, so that items pass within a twentieth of a second
/// however long the next one is in coming.
///
/// # Errors
/// The first error of `write`; nothing is written after it. It is returned at once, even if the
/// iterator is waiting for something: then its thread is left behind until it wakes.
///
/// # Panics
/// If `work` or the iterator panics, with the same payload.
pub fn run<T, O>(
    items: impl Iterator<Item = T> + Send + 'static,
    threads: usize,
    size_of: impl Fn(&T) -> usize + Send + 'static,
    work: impl Fn(T) -> O + Sync,
    write: impl FnMut(O) -> Result<()>,
) -> Result<()>
where
    T: Send + 'static,
    O: Send,
{
    run_until(items, &Settings::new(threads), size_of, work, write).map(|_| ())
}

/// The same as [`run`], and ends early once [`Settings::stop`] is set: nothing more is read, what
/// is read but not yet worked on is let go, what is worked on is finished and handed to `write`, so
/// that the results consumed are always those of the first items, without a gap.
///
/// # Errors
/// As [`run`].
///
/// # Panics
/// As [`run`].
pub fn run_until<T, O>(
    items: impl Iterator<Item = T> + Send + 'static,
    settings: &Settings,
    size_of: impl Fn(&T) -> usize + Send + 'static,
    work: impl Fn(T) -> O + Sync,
    mut write: impl FnMut(O) -> Result<()>,
) -> Result<End>
where
    T: Send + 'static,
    O: Send,
{
    let threads = settings.threads.max(1);
    if threads == 1 && !settings.items_may_wait {
        return on_this_thread(items, &settings.stop, work, write);
    }
    let shared = Arc::new(Shared::new(threads, &settings.stop));
    let reader = Arc::clone(&shared);
    thread::spawn(move || {
        let read = AssertUnwindSafe(|| reader.read(items, size_of));
        reader.end(catch_unwind(read).err());
    });
    let written = thread::scope(|scope| {
        let (sender, results) = channel();
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let (shared, sender, work) = (&*shared, sender.clone(), &work);
                scope.spawn(move || shared.work(work, &sender))
            })
            .collect();
        drop(sender);
        let written = shared.write(&results, &mut write);
        shared.stop();
        for worker in workers {
            worker.join().unwrap_or_else(|payload| resume_unwind(payload));
        }
        written
    });
    let mut state = shared.lock();
    if let Some(payload) = state.panicked.take() {
        drop(state);
        resume_unwind(payload);
    }
    written.map(|()| if state.is_cut { End::Stopped } else { End::All })
}

fn on_this_thread<T, O>(
    items: impl Iterator<Item = T>,
    stop: &AtomicBool,
    work: impl Fn(T) -> O,
    mut write: impl FnMut(O) -> Result<()>,
) -> Result<End> {
    for item in items {
        if stop.load(Ordering::Relaxed) {
            return Ok(End::Stopped);
        }
        write(work(item))?;
    }
    Ok(End::All)
}

/// Items with their place in the order of batches and their size in bytes.
struct Batch<T> {
    place: usize,
    bytes: usize,
    items: Vec<T>,
}

/// What reader, workers and writer share.
struct Shared<T> {
    state: Mutex<State<T>>,
    /// A batch has come, or none will come any more.
    more: Condvar,
    /// A batch has been consumed.
    room: Condvar,
    max_batches: usize,
    max_bytes: usize,
    /// The caller wants the run to end early.
    ends_early: Arc<AtomicBool>,
}

struct State<T> {
    /// The batch that the reader fills.
    filling: Batch<T>,
    queue: VecDeque<Batch<T>>,
    /// Batches read but not consumed, and their bytes.
    batches: usize,
    bytes: usize,
    /// The iterator has ended.
    ended: bool,
    /// Nobody wants anything any more.
    stopped: bool,
    /// The run has ended early, and something was left.
    is_cut: bool,
    panicked: Option<Box<dyn Any + Send>>,
}

impl<T> State<T> {
    /// The batch that was being filled; it counts as read.
    fn close(&mut self) -> Batch<T> {
        let place = self.filling.place + 1;
        let next = Batch { place, bytes: 0, items: Vec::new() };
        self.batches += 1;
        self.bytes += self.filling.bytes;
        std::mem::replace(&mut self.filling, next)
    }
}

impl<T> Shared<T> {
    fn new(threads: usize, ends_early: &Arc<AtomicBool>) -> Self {
        let state = State {
            filling: Batch { place: 0, bytes: 0, items: Vec::new() },
            queue: VecDeque::new(),
            batches: 0,
            bytes: 0,
            ended: false,
            stopped: false,
            is_cut: false,
            panicked: None,
        };
        Self {
            state: Mutex::new(state),
            more: Condvar::new(),
            room: Condvar::new(),
            max_batches: threads * BATCHES_PER_WORKER,
            max_bytes: threads * BYTES_PER_WORKER,
            ends_early: Arc::clone(ends_early),
        }
    }

    fn ends_early(&self) -> bool {
        self.ends_early.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // A panic under the lock leaves only counts behind that are right.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads batches until the items end or nobody wants them. What a run that ends early has read
    /// goes to nobody.
    fn read(&self, items: impl Iterator<Item = T>, size_of: impl Fn(&T) -> usize) {
        for item in items {
            let size = size_of(&item);
            let mut state = self.lock();
            if self.ends_early() {
                state.is_cut = true;
                return;
            }
            let batch = &mut state.filling;
            batch.bytes += size;
            batch.items.push(item);
            let full = batch.bytes >= BATCH_BYTES || batch.items.len() >= BATCH_ITEMS;
            if (full || state.batches == 0) && !self.push(state) {
                return;
            }
        }
        let state = self.lock();
        if !state.filling.items.is_empty() {
            self.push(state);
        }
    }

    /// Hands the batch that was being filled to the workers and waits until there is room for
    /// another; `false` if nobody wants one.
    fn push(&self, mut state: MutexGuard<'_, State<T>>) -> bool {
        let batch = state.close();
        state.queue.push_back(batch);
        self.more.notify_one();
        while !state.stopped && (state.batches >= self.max_batches || state.bytes >= self.max_bytes)
        {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.stopped
    }

    fn end(&self, panicked: Option<Box<dyn Any + Send>>) {
        let mut state = self.lock();
        state.ended = true;
        state.panicked = panicked;
        self.more.notify_all();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.more.notify_all();
        self.room.notify_all();
    }

    /// The next batch, once there is one.
    fn pop(&self) -> Option<Batch<T>> {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return None;
            }
            // The batches taken so far are the first ones, so that no gap is left.
            if self.ends_early() && !(state.ended && state.queue.is_empty()) {
                state.is_cut = true;
                return None;
            }
            if let Some(batch) = state.queue.pop_front() {
                return Some(batch);
            }
            if state.ended {
                return None;
            }
            let woken = self.more.wait_timeout(state, LOOK);
            let waited;
            (state, waited) = woken.unwrap_or_else(PoisonError::into_inner);
            // The reader may wait for an item; those before it need not.
            if waited.timed_out() && state.queue.is_empty() && !state.filling.items.is_empty() {
                return Some(state.close());
            }
        }
    }

    fn work<O>(&self, work: impl Fn(T) -> O, results: &Sender<Batch<O>>) {
        /// A panicking worker stops the others, which would else wait for its batch.
        struct StopOnPanic<'a, T>(&'a Shared<T>);
        impl<T> Drop for StopOnPanic<'_, T> {
            fn drop(&mut self) {
                if thread::panicking() {
                    self.0.stop();
                }
            }
        }
        let _guard = StopOnPanic(self);
        while let Some(Batch { place, bytes, items }) = self.pop() {
            let items = items.into_iter().map(&work).collect();
            if results.send(Batch { place, bytes, items }).is_err() {
                return;
            }
        }
    }

    /// Consumes results in order of their places until no more come.
    fn write<O>(
        &self,
        results: &Receiver<Batch<O>>,
        write: &mut impl FnMut(O) -> Result<()>,
    ) -> Result<()> {
        let mut waiting = BTreeMap::new();
        let mut place = 0;
        for batch in results {
            waiting.insert(batch.place, batch);
            while let Some(batch) = waiting.remove(&place) {
                batch.items.into_iter().try_for_each(&mut *write)?;
                place += 1;
                let mut state = self.lock();
                state.batches -= 1;
                state.bytes -= batch.bytes;
                self.room.notify_one();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
