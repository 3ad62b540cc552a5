//! Just enough of HTTP/1.1 over one connection that stays open.

use super::Outcome;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection to the endpoint.
pub struct Client(TcpStream);

impl Client {
    /// Opens it.
    pub async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(stream))
    }

    /// Posts CBOR that was compressed and gives what the endpoint answers with 200.
    pub async fn post(&mut self, path: &str, token: Option<&str>, body: &[u8]) -> Outcome<Vec<u8>> {
        let length = body.len();
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/cbor\r\naccept: application/cbor\r\n\
             content-encoding: gzip\r\ncontent-length: {length}\r\n"
        );
        if let Some(token) = token {
            request.push_str(&format!("authorization: Bearer {token}\r\n"));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        self.0.write_all(&bytes).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> Outcome<Vec<u8>> {
        let mut read = Vec::new();
        loop {
            let end = read.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
                let length: usize = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "))
                    .ok_or("an answer without a length")?
                    .trim()
                    .parse()?;
                let mut body = read.split_off(end + 4);
                while body.len() < length {
                    self.some(&mut body).await?;
                }
                if !head.starts_with("http/1.1 200") {
                    let said = String::from_utf8_lossy(&body).into_owned();
                    return Err(format!("{}: {said}", head.lines().next().unwrap_or("")).into());
                }
                return Ok(body);
            }
            self.some(&mut read).await?;
        }
    }

    async fn some(&mut self, into: &mut Vec<u8>) -> Outcome<()> {
        match self.0.read_buf(into).await? {
            0 => Err("the endpoint closed the connection".into()),
            _ => Ok(()),
        }
    }
}
