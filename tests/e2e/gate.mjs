// A hop in front of the endpoint that reads what is asked for: it can cut the line at one file.
import http from 'node:http';

/** The phone's line. `asked` = the paths since the line was last opened; `cut` = whether it is down. */
export async function gate(t, endpoint) {
  const line = { asked: [], cut: false };
  const sockets = new Set();
  let first = () => 0;
  const under = new Set();
  const down = () => {
    line.cut = true;
    for (const socket of sockets) socket.destroy();
  };
  const server = http.createServer(async (request, response) => {
    if (line.cut) return request.socket.destroy();
    const { url: path, method, headers } = request;
    line.asked.push(path);
    const place = first(path);
    if (place > 0) return; // until the line is cut
    if (place === 0) {
      // What was asked for before has arrived.
      await Promise.all(under);
      return down();
    }
    under.add(new Promise((done) => response.once('close', done)));
    const onward = http.request({ host: '127.0.0.1', port: endpoint.port, path, method, headers }, (reply) => {
      response.writeHead(reply.statusCode, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => { down(); server.close(); });
  const open = (order) => {
    under.clear();
    first = order;
    Object.assign(line, { asked: [], cut: false });
  };
  open(() => -1);
  return Object.assign(line, {
    url: `http://127.0.0.1:${server.address().port}`,
    down,
    /** The line is there again. */
    restore: () => open(() => -1),
    /** It is there until `path` is asked for; of `files`, those behind it in the list get no answer. */
    cutAt: (path, files) => open((asked) => (files.includes(asked) ? files.indexOf(asked) - files.indexOf(path) : -1)),
  });
}
