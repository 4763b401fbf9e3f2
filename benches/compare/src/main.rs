//! smallprint beside other extractors and bare parsers on the same pages, in one run: quality by one
//! judge, speed in processor time of one thread. `README.md` in this folder says how it is done.

mod args;
mod error;
mod pages;
mod python;
mod quality;
mod report;
mod smallprint_tool;
mod speed;
mod tools;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::process::ExitCode;
use std::thread;

use clap::Parser as _;

use args::{Args, SetName};
use error::{Error, Result};
use python::Python;
use report::{Row, SetReport};
use speed::Rounds;
use tools::{Call, Tool, UNIT};

/// Some tools go down a page's tree by recursion, and pages can be very deep. The system gives
/// memory for what is used of it only.
const STACK: usize = 4 << 30;

fn main() -> ExitCode {
    let args = Args::parse();
    tools::quiet_in_tools();
    let thread = thread::Builder::new().stack_size(STACK).spawn(move || run(&args));
    let done = thread
        .map_err(|error| Error::Thread { what: error.to_string() })
        .and_then(|thread| {
            let panicked = |_| Error::Thread { what: "panicked; see above".to_owned() };
            thread.join().map_err(panicked)
        })
        .and_then(|done| done);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("benches/compare: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let mut python = if args.no_python { None } else { Some(Python::start(&args.python)?) };
    let tools = chosen(tools::all(python.as_ref()), &args.tools)?;
    if !tools.iter().any(|tool| matches!(tool.call, Call::Python(_))) {
        python = None;
    }
    let sets = if args.sets.is_empty() { &SetName::ALL[..] } else { &args.sets };
    let mut reports = Vec::new();
    for &set in sets {
        eprintln!("{}", set.as_str());
        let report = compare(args, set, &tools, python.as_mut())?;
        if !reports.is_empty() {
            println!();
        }
        println!("{}", report::text(&report));
        reports.push(report);
    }
    if let Some(path) = &args.json {
        let mut file = BufWriter::new(File::create(path).map_err(Error::file(path))?);
        serde_json::to_writer_pretty(&mut file, &reports)
            .map_err(|source| Error::Json { path: path.clone(), source })?;
        writeln!(file).and_then(|()| file.flush()).map_err(Error::file(path))?;
    }
    Ok(())
}

/// The tools that `names` name and the unit of speed, or all of them.
fn chosen(mut all: Vec<Tool>, names: &[String]) -> Result<Vec<Tool>> {
    if let Some(name) = names.iter().find(|name| all.iter().all(|tool| tool.name != **name)) {
        let known: Vec<_> = all.into_iter().map(|tool| tool.name).collect();
        return Err(Error::UnknownTool { name: name.clone(), known: known.join("; ") });
    }
    if !names.is_empty() {
        all.retain(|tool| tool.name == UNIT || names.contains(&tool.name));
    }
    Ok(all)
}

fn compare(
    args: &Args,
    set: SetName,
    tools: &[Tool],
    mut python: Option<&mut Python>,
) -> Result<SetReport> {
    let pages = pages::read(&args.data, set, args.pages)?;
    let mut quality: Vec<_> = tools.iter().map(|_| None).collect();
    if !args.no_quality {
        quality = quality::measure(&pages, tools, python.as_deref_mut())?;
    }
    let timed = &pages[..args.speed_pages.min(pages.len())];
    let mut speed: Vec<_> = tools.iter().map(|_| None).collect();
    let rounds = Rounds { fast: args.rounds, slow: args.slow_rounds };
    if args.rounds > 0 {
        speed = speed::measure(timed, tools, python, rounds)?.into_iter().map(Some).collect();
    }
    let rows = tools.iter().zip(quality).zip(speed).map(|((tool, quality), speed)| Row {
        tool: tool.name.clone(),
        version: tool.version.clone(),
        quality,
        speed,
    });
    let tools = rows.collect();
    Ok(SetReport {
        set: set.as_str().to_owned(),
        pages: if args.no_quality { 0 } else { pages.len() },
        speed_pages: if args.rounds > 0 { timed.len() } else { 0 },
        tools,
    })
}
