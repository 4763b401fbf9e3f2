//! Ctrl-C: the first ends a run at the border of a document, the second ends the program at once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// The exit code of a run that was interrupted: 128 and the number of SIGINT, as shells have it.
pub const EXIT_CODE: u8 = 130;

/// A flag that SIGINT and SIGTERM set from now on. When it is set already, they end the program.
pub fn flag_of_signals() -> Arc<AtomicBool> {
    let stop = Arc::<AtomicBool>::default();
    for signal in [SIGINT, SIGTERM] {
        // Handlers run in the order of their registration: the one that ends the program must look
        // at the flag before the other sets it. Where the system refuses, a signal ends the program
        // as it always did, which leaves only files unfinished that are in nobody's place.
        let _ = flag::register_conditional_shutdown(signal, EXIT_CODE.into(), Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)));
    }
    stop
}
