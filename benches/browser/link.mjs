// A TCP hop between the phone and the endpoint that counts every byte, headers included, and can be slow or cut.
// It reaches the service worker, which slowing a page over the browser's own protocol does not.
import net from 'node:net';

/** A slow link, both ways alike: kbit/s and ms of round trip. */
export const SLOW_3G = { rate: 400, roundTrip: 400 };
const PACKET = 1460;

/** One direction of all connections together: packets leave at its rate and arrive half a round trip later. */
class Line {
  #free = 0;
  constructor(speed) { this.speed = speed; }

  /** When the last byte of so many arrives, and when the next may leave. */
  take(bytes) {
    this.#free = Math.max(performance.now(), this.#free) + (bytes * 8) / this.speed.rate;
    return { arrives: this.#free + this.speed.roundTrip / 2, free: this.#free };
  }
}

/** Connects a port of its own to `target`. */
export async function countedLink(target, speed = null) {
  const counts = { up: 0, down: 0, connections: 0, last: performance.now() };
  const lines = speed && { up: new Line(speed), down: new Line(speed) };
  const sockets = new Set();
  let cut = false;

  const pump = (from, to, way) => {
    const write = (bytes) => { counts.last = performance.now(); if (!to.destroyed) to.write(bytes); };
    let arrived = Promise.resolve();
    from.on('data', (bytes) => {
      counts[way] += bytes.length;
      if (!lines) { write(bytes); return; }
      from.pause(); // one read at a time waits, so that connections share the line
      let free = 0;
      for (let at = 0; at < bytes.length; at += PACKET) {
        const packet = bytes.subarray(at, at + PACKET);
        const taken = lines[way].take(packet.length);
        free = taken.free;
        const due = new Promise((ok) => setTimeout(ok, taken.arrives - performance.now()));
        arrived = arrived.then(() => due).then(() => write(packet));
      }
      setTimeout(() => from.resume(), Math.max(0, free - performance.now()));
    });
    from.on('end', () => { arrived.then(() => to.end()); });
    from.on('error', () => to.destroy());
    from.on('close', () => { sockets.delete(from); if (!lines) to.destroy(); });
  };

  const hop = net.createServer((near) => {
    if (cut) { near.destroy(); return; }
    counts.connections += 1;
    near.setNoDelay(true);
    near.pause();
    sockets.add(near);
    const open = () => {
      const far = net.connect({ host: '127.0.0.1', port: target, noDelay: true });
      sockets.add(far);
      pump(near, far, 'up');
      pump(far, near, 'down');
      near.resume();
    };
    // A connection costs a round trip before its first byte.
    if (speed) setTimeout(open, speed.roundTrip); else open();
  });
  await new Promise((ok) => hop.listen(0, '127.0.0.1', ok));
  const port = hop.address().port;
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    reset() { Object.assign(counts, { up: 0, down: 0, connections: 0 }); },
    cut() { cut = true; for (const socket of sockets) socket.destroy(); },
    restore() { cut = false; },
    async quiet(ms = 1_000) { while (performance.now() - counts.last < ms) await new Promise((ok) => setTimeout(ok, 50)); },
    async close() { for (const socket of sockets) socket.destroy(); await new Promise((ok) => hop.close(ok)); },
  };
}
