//! Runs that are killed, interrupted or out of room, and gone on with.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::parts::{documents, parts};
use crate::workdir::{Done, Workdir};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Every file of a folder with its bytes, hidden ones too.
fn files(dir: &Workdir, folder: &str) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(dir.path(folder))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

/// Waits until something is there, or until the program has ended.
fn wait_for(child: &mut Child, is_there: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_there() && child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < PATIENCE, "it never came");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_killed_run_is_gone_on_with_and_its_output_is_that_of_an_undisturbed_one() {
    const DOCUMENTS: usize = 6000;
    let dir = Workdir::new();
    dir.write("in.jsonl", documents(DOCUMENTS));
    let call = |out: &'static str, threads: &'static str| {
        let args = ["classify", "in.jsonl", "--format", "jsonl", "--shard-size", "100", "--quiet"];
        [&args[..], &["--threads", threads, "--output", out]].concat()
    };
    dir.run(&call("undisturbed", "2")).fails(1, &[]);
    let mut killed = 0;
    for part in [0, 7, 20, 21, 45, 58] {
        // One folder for all kills, and each kill some parts later than the one before.
        let mut command = dir.command(&call("out", if part % 2 == 0 { "2" } else { "1" }));
        command.arg("--resume").stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let path = dir.path(&format!("out/part-{part:05}.jsonl.zst"));
        wait_for(&mut child, || path.exists());
        child.kill().unwrap();
        killed += i32::from(child.wait().unwrap().code().is_none());
        let whole = parts_but_hidden(&dir);
        assert!(whole.iter().all(|(_, text)| text.lines().count() == 100), "{part}");
    }
    assert!(killed >= 3, "only {killed} runs were killed before they ended");
    dir.run(&[&call("out", "3")[..], &["--resume"]].concat()).fails(1, &["in.jsonl:4:"]);
    let (found, expected) = (files(&dir, "out"), files(&dir, "undisturbed"));
    assert!(found.keys().eq(expected.keys()), "{:?}", found.keys());
    assert!(found == expected, "some part differs");
    let lines: Vec<String> = parts(&dir, "out")
        .iter()
        .flat_map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert_eq!(lines.len(), DOCUMENTS);
}

/// The visible parts: a killed run leaves a hidden one.
fn parts_but_hidden(dir: &Workdir) -> Vec<(String, String)> {
    let hidden: Vec<_> =
        files(dir, "out").into_keys().filter(|name| name.starts_with('.')).collect();
    for name in hidden {
        fs::remove_file(dir.path("out").join(name)).unwrap();
    }
    parts(dir, "out")
}

#[test]
fn what_a_killed_run_left_unfinished_is_removed() {
    let dir = Workdir::new();
    dir.write("in.jsonl", documents(3));
    dir.write("out/.smallprint-part-x", "half");
    dir.write("out/mine.txt", "of somebody else");
    let call = ["clean", "in.jsonl", "--format", "jsonl", "--shard-size", "2", "--output", "out"];
    dir.run(&[&call[..], &["--resume"]].concat());
    let names: Vec<_> = files(&dir, "out").into_keys().collect();
    assert_eq!(names, ["mine.txt", "part-00000.jsonl.zst", "part-00001.jsonl.zst", "run.json"]);
}

/// Starts the program, gives it some documents, and interrupts it while it waits for more.
#[cfg(unix)]
fn interrupted(dir: &Workdir, args: &[&str], signal: &str, is_there: impl Fn() -> bool) -> Done {
    let mut command = dir.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(documents(3).replace("\"text\": 3", "\"text\": \"x\"").as_bytes()).unwrap();
    let pid = child.id().to_string();
    wait_for(&mut child, is_there);
    // Results that wait for no more are on their way.
    std::thread::sleep(Duration::from_millis(500));
    assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < PATIENCE, "the interrupt is not heeded");
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(stdin);
    child.wait_with_output().unwrap().into()
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_run_into_parts_and_resume_goes_on() {
    for threads in ["1", "3"] {
        let dir = Workdir::new();
        let args = ["clean", "--format", "jsonl", "--shard-size", "2", "--threads", threads];
        let call = |out: &'static str| [&args[..], &["--output", out, "--resume"]].concat();
        let first = dir.path("out/part-00000.jsonl.zst");
        let done = interrupted(&dir, &call("out"), "-INT", || first.exists());
        let said =
            "interrupted: 2 documents are done, in 1 whole part; the same call with --resume";
        done.fails(130, &[said]);
        assert_eq!(dir.files(), ["out/part-00000.jsonl.zst", "out/run.json"]);
        dir.pipe(&call("out"), documents(9)).fails(1, &["1 of 9 documents failed"]);
        dir.pipe(&call("undisturbed"), documents(9)).fails(1, &[]);
        assert!(files(&dir, "out") == files(&dir, "undisturbed"));
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_file_is_not_put_in_place_and_a_stream_ends_with_a_document() {
    for (threads, signal) in [("1", "-INT"), ("3", "-TERM")] {
        let dir = Workdir::new();
        dir.write("out.jsonl", "as it was");
        let args = ["clean", "--format", "jsonl", "--threads", threads];
        let to_file = [&args[..], &["--output", "out.jsonl"]].concat();
        let done = interrupted(&dir, &to_file, signal, || dir.files().len() > 1);
        done.fails(130, &["interrupted after 3 documents: out.jsonl is not written"]);
        assert_eq!(dir.read("out.jsonl"), "as it was");
        assert_eq!(dir.files(), ["out.jsonl"], "a temporary file is left");
        let done = interrupted(&dir, &args, signal, || true);
        let done = done.fails(130, &["interrupted after 3 documents: the output ends there"]);
        assert!(done.stdout.ends_with('\n'));
        assert_eq!(done.lines().len(), 3);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_not_grow_ends_a_run_and_the_parts_before_are_whole() {
    let dir = Workdir::new();
    // Letters that no compressor shortens much, in the third part.
    let mut noise = vec![0; 400_000];
    fs::File::open("/dev/urandom").unwrap().read_exact(&mut noise).unwrap();
    let noise: String = noise.iter().map(|byte| char::from(b'a' + byte % 26)).collect();
    let small: Vec<String> = documents(6).lines().map(|line| format!("{line}\n")).collect();
    let large = format!("{{\"text\": \"{noise}\"}}\n");
    dir.write("in.jsonl", format!("{}{large}{}", small[..5].concat(), small[5]));
    let call = ["clean", "in.jsonl", "--format", "jsonl", "--shard-size", "2", "--output", "out"];
    let program = dir.command(&call);
    // 64 blocks of 512 or 1024 bytes; the signal that comes with the limit is ignored.
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""]);
    shell.arg(program.get_program()).args(program.get_args());
    shell.current_dir(dir.path(""));
    let limited = dir.run_with(shell, b"");
    let file = "part-00002.jsonl.zst: cannot write (the limit of a file's size";
    let limited =
        limited.fails(1, &[file, "4 documents are done, in 2 whole parts", "--resume goes on"]);
    assert!(!limited.stderr.contains(".smallprint-part"), "{}", limited.stderr);
    let names: Vec<_> = files(&dir, "out").into_keys().collect();
    assert_eq!(names, ["part-00000.jsonl.zst", "part-00001.jsonl.zst", "run.json"]);
    assert!(parts(&dir, "out").iter().all(|(_, text)| text.lines().count() == 2));
    dir.run(&[&call[..], &["--resume"]].concat()).fails(1, &["1 of 7 documents failed"]);
    let lines: Vec<usize> =
        parts(&dir, "out").iter().map(|(_, text)| text.lines().count()).collect();
    assert_eq!(lines, [2, 2, 2, 1]);
}
