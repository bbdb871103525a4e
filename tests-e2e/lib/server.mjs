// Starts the real binary with the demo province on a free port and in a folder of its own, and ends it.
// Not for: talking to the server; a journey does that through a browser.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const READY = /http:\/\/127\.0\.0\.1:\d+/;
// The demo province is made first, on a machine that may be busy.
const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 10_000;
const KEPT_LINES = 40;

/**
 * Gives `{ url, stop(), leave() }`; `more` are further arguments of `serve`. Each server has data of its own, copied from `KHUEVAN_DEMO` when
 * that names a folder with a demonstration, which is quicker than to make the province again. `leave()` ends the server and gives the folder
 * with its data, for another one that goes on with them as `kept`.
 */
export async function startServer(more = [], kept = undefined) {
  const binary = process.env.KHUEVAN_BIN;
  if (!binary) throw new Error('KHUEVAN_BIN must name the built binary; `cargo xtask test --only journeys` sets it');
  const data = kept ?? await mkdtemp(join(tmpdir(), 'khuevan-e2e-'));
  if (!kept && process.env.KHUEVAN_DEMO) await cp(process.env.KHUEVAN_DEMO, data, { recursive: true });
  const server = spawn(binary, ['serve', '--demo', '--listen', '127.0.0.1:0', '--data', data, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A journey that crashes leaves neither a server nor its data behind.
  const abandon = () => {
    server.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  process.once('exit', abandon);

  async function leave() {
    await end(server);
    process.off('exit', abandon);
    return data;
  }

  async function stop() {
    await rm(await leave(), { recursive: true, force: true });
  }

  try {
    return { url: await ready(server), stop, leave };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address from the first line that holds one; the last lines of a server that does not come up are in the error. */
function ready(server) {
  const said = [];
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}; the server said:\n${said.join('\n')}`));
    const timer = setTimeout(() => fail(`no address after ${READY_WITHIN_MS / 1000} s`), READY_WITHIN_MS);
    const keep = (line) => {
      said.push(line);
      if (said.length > KEPT_LINES) said.shift();
    };
    // Both streams are read to the end, because a full pipe would stop the server.
    createInterface({ input: server.stderr }).on('line', keep);
    createInterface({ input: server.stdout }).on('line', (line) => {
      keep(line);
      const address = line.match(READY)?.[0];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
    server.once('error', (error) => {
      clearTimeout(timer);
      fail(`the server cannot be started: ${error.message}`);
    });
    // `close` comes after the last line was read, `exit` may come before.
    server.once('close', (code, signal) => {
      clearTimeout(timer);
      fail(`the server ended with ${signal ?? code}`);
    });
  });
}

async function end(server) {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_WITHIN_MS);
  server.kill('SIGTERM');
  await gone;
  clearTimeout(timer);
}
