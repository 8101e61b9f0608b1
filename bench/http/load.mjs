// A load generator small enough to leave the cores to what is measured: raw keep-alive sockets, one request at a time
// on each, answers told apart by their content-length.
import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Sends until `milliseconds` are over. `next()` gives `{ path, headers, body }`, a GET without a body, or undefined when there is no more.
 * Answers requests a second, latencies in milliseconds and how many were not accepted.
 */
export async function load({ port, connections, milliseconds, next, onAnswer = () => undefined }) {
  const latencies = [];
  let failures = 0;
  const started = performance.now();
  const until = started + milliseconds;
  const one = async () => {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    await once(socket, 'connect');
    const answers = answersOf(socket);
    while (performance.now() < until) {
      const request = next();
      if (request === undefined) break;
      const at = performance.now();
      socket.write(bytesOf(request, port));
      const { status, text } = (await answers.next()).value;
      latencies.push(performance.now() - at);
      if (status >= 300) failures++;
      else onAnswer(text);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - started) / 1_000;
  latencies.sort((a, b) => a - b);
  const at = (part) => Math.round((latencies[Math.floor(latencies.length * part)] ?? 0) * 10) / 10;
  return { rate: Math.round((latencies.length - failures) / seconds), failures, p50: at(0.5), p99: at(0.99) };
}

function bytesOf({ path, headers, body }, port) {
  const start = `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${headers}`;
  return body === undefined ? `${start}\r\n` : `${start}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function* answersOf(socket) {
  let held = '';
  socket.setEncoding('latin1');
  for await (const chunk of socket) {
    held += chunk;
    const end = held.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(held.slice(0, end))?.[1]);
    if (held.length < end + 4 + length) continue;
    yield { status: Number(held.slice(9, 12)), text: held.slice(end + 4, end + 4 + length) };
    held = held.slice(end + 4 + length);
  }
}
