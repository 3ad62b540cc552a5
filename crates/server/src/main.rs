//! The command `naik-kelas`: see `naik_kelas_server::cli`.

fn main() -> std::process::ExitCode {
    naik_kelas_server::cli::run()
}
