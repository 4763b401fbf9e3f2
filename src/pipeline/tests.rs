//! Order, bounds, early ends, errors and panics of the pipeline.

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
fn a_run_that_ends_early_has_done_the_first_items_without_a_gap() {
    for threads in [1, 3] {
        let settings = Settings::new(threads);
        let read = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&read);
        let items = (0..).inspect(move |_| {
            counter.fetch_add(1, SeqCst);
        });
        let mut out = Vec::new();
        let written = |i: usize| {
            out.push(i);
            settings.stop.store(out.len() >= 1000, SeqCst);
            Ok(())
        };
        let end = run_until(items, &settings, |_| 10_000, |i| i, written);
        assert_eq!(end.unwrap(), End::Stopped);
        assert!(out.len() >= 1000 && out.iter().copied().eq(0..out.len()), "{threads}");
        let most = if threads == 1 { 1 } else { threads * BATCHES_PER_WORKER * 105 + 256 };
        assert!(read.load(SeqCst) - out.len() <= most, "{threads}: reading went on");
    }
}

#[test]
fn a_run_ends_early_while_it_waits_for_an_item() {
    for threads in [1, 2] {
        let start = Instant::now();
        let settings = Settings { items_may_wait: true, ..Settings::new(threads) };
        let slow = (0..2).inspect(|&i| {
            if i == 1 {
                thread::sleep(Duration::from_secs(20));
            }
        });
        let written = |i| {
            assert_eq!(i, 0);
            settings.stop.store(true, SeqCst);
            Ok(())
        };
        let end = run_until(slow, &settings, |_| 1, |i| i, written);
        assert_eq!(end.unwrap(), End::Stopped);
        assert!(start.elapsed() < Duration::from_secs(10), "{threads}");
    }
}

#[test]
fn items_that_come_together_need_not_wait_for_the_next() {
    let start = Instant::now();
    let slow = (0..12).inspect(|&i| {
        if i == 10 {
            thread::sleep(Duration::from_secs(20));
        }
    });
    let written = |i| if i == 9 { Err(Error::usage("all ten")) } else { Ok(()) };
    let work = |i| {
        // The first is worked on while the others come.
        thread::sleep(Duration::from_millis(if i == 0 { 30 } else { 0 }));
        i
    };
    let result = run(slow, 2, |_| 1, work, written);
    assert_eq!(result.unwrap_err().message(), "all ten");
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
