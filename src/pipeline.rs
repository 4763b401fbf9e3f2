//! Many items through one function on all cores: input order kept, memory bounded.
//!
//! In: an iterator, a function, a consumer. A thread of its own reads the iterator into batches,
//! workers apply the function, the calling thread consumes the results in the order of the input.
//! Nothing here knows what an item is.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

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

/// Applies `work` to every item on `threads` threads and hands the results to `write`, in the order
/// of the items. `size_of` gives an item's size in bytes.
///
/// With one thread (or none) everything happens on the calling thread, item by item. With more, at
/// most a few batches of about 1 MB (or one item, if that is larger) for each thread are in memory.
/// While no work is at hand a batch is not waited for, so that items that come slowly pass at once.
///
/// # Errors
/// The first error of `write`; nothing is written after it. It is returned at once, even if the
/// iterator is waiting for something: then its thread is left behind until it wakes.
///
/// # Panics
/// If `work` or the iterator panics, with the same payload.
pub fn run<T, O>(
    mut items: impl Iterator<Item = T> + Send + 'static,
    threads: usize,
    size_of: impl Fn(&T) -> usize + Send + 'static,
    work: impl Fn(T) -> O + Sync,
    mut write: impl FnMut(O) -> Result<()>,
) -> Result<()>
where
    T: Send + 'static,
    O: Send,
{
    if threads <= 1 {
        return items.try_for_each(|item| write(work(item)));
    }
    let shared = Arc::new(Shared::new(threads));
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
    if let Some(payload) = shared.lock().panicked.take() {
        resume_unwind(payload);
    }
    written
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
}

struct State<T> {
    queue: VecDeque<Batch<T>>,
    /// Batches read but not consumed, and their bytes.
    batches: usize,
    bytes: usize,
    /// The iterator has ended.
    ended: bool,
    /// Nobody wants anything any more.
    stopped: bool,
    panicked: Option<Box<dyn Any + Send>>,
}

impl<T> Shared<T> {
    fn new(threads: usize) -> Self {
        let state = State {
            queue: VecDeque::new(),
            batches: 0,
            bytes: 0,
            ended: false,
            stopped: false,
            panicked: None,
        };
        Self {
            state: Mutex::new(state),
            more: Condvar::new(),
            room: Condvar::new(),
            max_batches: threads * BATCHES_PER_WORKER,
            max_bytes: threads * BYTES_PER_WORKER,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // A panic under the lock leaves only counts behind that are right.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads batches until the items end or nobody wants them.
    fn read(&self, items: impl Iterator<Item = T>, size_of: impl Fn(&T) -> usize) {
        let mut batch = Batch { place: 0, bytes: 0, items: Vec::new() };
        for item in items {
            batch.bytes += size_of(&item);
            batch.items.push(item);
            let full = batch.bytes >= BATCH_BYTES || batch.items.len() >= BATCH_ITEMS;
            if full || self.lock().batches == 0 {
                let next = Batch { place: batch.place + 1, bytes: 0, items: Vec::new() };
                if !self.push(std::mem::replace(&mut batch, next)) {
                    return;
                }
            }
        }
        if !batch.items.is_empty() {
            self.push(batch);
        }
    }

    /// Hands a batch to the workers and waits until there is room for another; `false` if nobody
    /// wants one.
    fn push(&self, batch: Batch<T>) -> bool {
        let mut state = self.lock();
        state.batches += 1;
        state.bytes += batch.bytes;
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
            if let Some(batch) = state.queue.pop_front() {
                return Some(batch);
            }
            if state.ended {
                return None;
            }
            state = self.more.wait(state).unwrap_or_else(PoisonError::into_inner);
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
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::time::{Duration, Instant};

    use super::*;
    use crate::error::Error;

    #[test]
    fn order_is_kept_however_long_an_item_takes() {
        for threads in [0, 1, 2, 5] {
            let mut out = Vec::new();
            let work = |i: usize| {
                if i.is_multiple_of(97) {
                    thread::sleep(Duration::from_millis(1));
                }
                i * 2
            };
            run(
                0..5000,
                threads,
                |_| 5000,
                work,
                |o| {
                    out.push(o);
                    Ok(())
                },
            )
            .unwrap();
            assert!(out.into_iter().eq((0..5000).map(|i| i * 2)), "{threads}");
        }
    }

    #[test]
    fn no_more_is_read_than_may_be_in_memory() {
        for (size, most) in [
            // Batches of 256 items, with one thread's batches behind and the one that is filled.
            (1, 256 * (2 * BATCHES_PER_WORKER + 1)),
            // One item fills the memory.
            (BYTES_PER_WORKER * 2, 2),
            (BATCH_BYTES, 2 * BATCHES_PER_WORKER + 1),
        ] {
            let read = Arc::new(AtomicUsize::new(0));
            let counter = Arc::clone(&read);
            let items = (0..20_000).inspect(move |_| {
                counter.fetch_add(1, SeqCst);
            });
            let mut written = 0;
            let mut highest = 0;
            run(
                items.take(if size == 1 { 20_000 } else { 60 }),
                2,
                move |_| size,
                |i| i,
                |_| {
                    if written == 0 {
                        thread::sleep(Duration::from_millis(50));
                    }
                    highest = highest.max(read.load(SeqCst) - written);
                    written += 1;
                    Ok(())
                },
            )
            .unwrap();
            assert!(highest <= most, "size {size}: {highest} > {most}");
        }
    }

    #[test]
    fn an_error_of_the_writer_stops_everything_at_once() {
        for threads in [1, 3] {
            let mut written = 0;
            let endless = 0_u64..;
            let result = run(
                endless,
                threads,
                |_| 10_000,
                |i| i,
                |_| {
                    written += 1;
                    if written == 700 { Err(Error::usage("full")) } else { Ok(()) }
                },
            );
            assert_eq!(result.unwrap_err().message(), "full");
            assert_eq!(written, 700);
        }
    }

    #[test]
    fn a_waiting_iterator_holds_back_neither_results_nor_errors() {
        let start = Instant::now();
        let slow = (0..2).inspect(|&i| {
            if i == 1 {
                thread::sleep(Duration::from_secs(20));
            }
        });
        let result = run(
            slow,
            2,
            |_| 1,
            |i| i,
            |i| {
                assert_eq!(i, 0);
                Err(Error::usage("enough"))
            },
        );
        assert_eq!(result.unwrap_err().message(), "enough");
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_panic_reaches_the_caller_as_it_was() {
        let message = |payload: Box<dyn Any + Send>| *payload.downcast::<&str>().unwrap();
        for threads in [1, 3] {
            let work = |i: u32| if i == 4000 { panic!("in work") } else { i };
            let caught = catch_unwind(|| run(0..10_000, threads, |_| 9000, work, |_| Ok(())));
            assert_eq!(message(caught.unwrap_err()), "in work");
            let items = || {
                (0..10).inspect(|&i| {
                    if i == 5 {
                        panic!("in items")
                    }
                })
            };
            let caught = catch_unwind(|| run(items(), threads, |_| 1, |i| i, |_| Ok(())));
            assert_eq!(message(caught.unwrap_err()), "in items");
        }
    }
}
