//! The program: reads the command line and starts the terminal UI or a command.

fn main() {}
