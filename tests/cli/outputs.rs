//! Where results go: files, folders, devices, closed pipes.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::workdir::{ARTICLE, CLEAN, Workdir};

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let dir = Workdir::with_article();
    dir.stdout(&["clean", "ferry.txt", "--output", "out.txt"]);
    assert_eq!(dir.read("out.txt"), CLEAN);
    // The call itself is fine, its second input is not: what could be done is there.
    dir.run(&["clean", "ferry.txt", "missing", "--output", "out.txt"]).fails(1, &["missing"]);
    assert_eq!(dir.read("out.txt"), format!("{CLEAN}\u{c}\n"));
    assert_eq!(dir.files(), ["ferry.txt", "out.txt"]);
}

#[test]
fn an_output_that_cannot_be_written_is_noticed_before_the_work() {
    let dir = Workdir::with_article();
    for args in [
        &["clean", "-", "--output", "no/such/folder.txt"][..],
        &["clean", "-", "--output", "out.txt", "--dropped", "no/such/folder.txt"],
        &["explain", "-", "--output", "no/such/folder.txt"],
        &["evaluate", "gold.csv", "--output", "no/such/folder.txt"],
    ] {
        // Standard input stays open: whoever read it would wait for ever.
        let mut command = dir.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take();
        let status = child.wait().unwrap();
        drop(stdin);
        let mut message = String::new();
        child.stderr.unwrap().read_to_string(&mut message).unwrap();
        assert_eq!(status.code(), Some(1), "{message}");
        assert!(message.contains("no/such/folder.txt: cannot create"), "{message}");
    }
    assert_eq!(dir.files(), ["ferry.txt"]);
}

#[test]
fn a_folder_mirrors_the_inputs() {
    let dir = Workdir::new();
    dir.write("in/a.txt", ARTICLE);
    dir.write("in/deep/b.md", "Share it\n");
    dir.write("in/c.jsonl", "{\"text\": \"One story\"}\n{\"text\": \"Another story\"}\n{oops\n");
    let done = dir.run(&["clean", "in", "--output", "out/"]).fails(1, &["in/c.jsonl:3"]);
    assert_eq!(done.stdout, "");
    let files = ["in/a.txt", "in/c.jsonl", "in/deep/b.md"];
    let made = ["out/a.txt", "out/c.jsonl.txt", "out/deep/b.md"];
    assert_eq!(dir.files(), [files, made].concat());
    assert_eq!(dir.read("out/a.txt"), CLEAN);
    assert_eq!(dir.read("out/c.jsonl.txt"), "One story\n\u{c}\nAnother story\n\u{c}\n");
    assert_eq!(dir.read("out/deep/b.md"), "");
    // Once more, into a folder inside the input: the output is not read as input.
    for _ in 0..2 {
        dir.run(&["clean", "in", "--output", "in/out/"]);
        assert_eq!(dir.files().len(), 9);
    }
}

#[test]
fn inputs_without_a_place_in_the_folder_are_named_and_the_others_are_done() {
    let dir = Workdir::new();
    dir.write("x/a.txt", ARTICLE);
    dir.write("y/a.txt", "Share it\n");
    dir.write("y/b.txt", ARTICLE);
    let args = ["clean", "x/a.txt", "missing.txt", "y/a.txt", "y/b.txt", "--output", "out/"];
    dir.run(&args).fails(1, &["missing.txt", "y/a.txt", "2 of 4 documents failed"]);
    assert_eq!(dir.read("out/a.txt"), CLEAN);
    assert_eq!(dir.read("out/b.txt"), CLEAN);
    assert_eq!(dir.files().len(), 5);
    dir.run(&["clean", "x/a.txt", "--output", "x"]).fails(1, &["among the inputs"]);
    assert_eq!(dir.read("x/a.txt"), ARTICLE);
}

#[cfg(unix)]
#[test]
fn devices_and_fifos_are_written_straight_through() {
    let dir = Workdir::with_article();
    dir.stdout(&["clean", "ferry.txt", "--output", "/dev/null"]);
    assert!(fs::metadata("/dev/null").unwrap().len() == 0);
    let fifo = dir.path("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let reader = std::thread::spawn({
        let fifo = fifo.clone();
        move || fs::read_to_string(fifo).unwrap()
    });
    dir.stdout(&["clean", "ferry.txt", "--output", "fifo"]);
    assert_eq!(reader.join().unwrap(), CLEAN);
    // And read from.
    let writer = std::thread::spawn(move || fs::write(fifo, ARTICLE).unwrap());
    assert_eq!(dir.stdout(&["clean", "fifo"]), CLEAN);
    writer.join().unwrap();
    assert_eq!(dir.files(), ["ferry.txt", "fifo"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error_with_a_sentence() {
    let dir = Workdir::with_article();
    let done = dir.run(&["clean", "ferry.txt", "--output", "/dev/full"]);
    done.fails(1, &["/dev/full: cannot write"]);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let dir = Workdir::new();
    dir.write("big.jsonl", "{\"text\": \"One story of many\"}\n".repeat(50_000));
    for threads in ["1", "3"] {
        let mut command =
            dir.command(&["classify", "big.jsonl", "--format", "jsonl", "--threads", threads]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut start = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut start).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[test]
fn slow_input_passes_without_waiting_for_more() {
    use std::io::{BufRead, BufReader, Write};
    let dir = Workdir::new();
    for threads in ["1", "3"] {
        let mut command = dir.command(&["clean", "--format", "jsonl", "--threads", threads]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for i in 0..3 {
            // Longer than results are gathered for.
            std::thread::sleep(std::time::Duration::from_millis(120));
            writeln!(stdin, "{{\"text\": \"Story {i}\"}}").unwrap();
            let line = lines.next().unwrap().unwrap();
            assert!(line.contains(&format!("Story {i}")), "{line}");
        }
        drop(stdin);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}
