/**
 * `node load.mjs DIRECTORY ROUNDS SECONDS MANY`: loads our server and the peer in turns with the same questions, then ours
 * with so many requests at once after another, and prints what came of it as JSON.
 *
 * @module
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const CONNECTIONS = 8;
const [directory, rounds, seconds, many] = process.argv.slice(2);
const SO_TAGGER = fileURLToPath(new URL('../../so-tagger.js', import.meta.url));
const PEER = fileURLToPath(new URL('./peer.py', import.meta.url));
const PYTHON = process.env.DVC_LIKE_PYTHON ?? 'python3';

const questions = JSON.parse(readFileSync(join(directory, 'questions.json'), 'utf8'));
const requests = questions.map((question) => ({
  method: 'POST',
  path: '/predict',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(question),
}));

const servers = [
  await start('ours', process.execPath, [
    SO_TAGGER,
    'serve',
    '-m',
    join(directory, 'model'),
    '-p',
    '0',
    '--rate-limit',
    '0',
  ]),
  await start('FastAPI, one matrix', PYTHON, [PEER, directory]),
];
try {
  await compareAnswers();
  for (const server of servers) await load(server, { duration: 2 });
  const runs = servers.map(() => []);
  for (let round = 0; round < Number(rounds); round++) {
    for (let turn = 0; turn < servers.length; turn++) {
      const index = (round + turn) % servers.length;
      runs[index].push(await load(servers[index], { duration: Number(seconds) }));
    }
  }
  const memory = [];
  const amount = Number(many);
  for (let part = 0; part < 10; part++) {
    const { errors } = await load(servers[0], { amount: amount / 10 });
    memory.push({
      requests: ((part + 1) * amount) / 10,
      errors,
      residentBytes: residentBytes(servers[0].child.pid),
    });
  }
  console.log(JSON.stringify({ names: servers.map(({ name }) => name), runs, memory }));
} finally {
  for (const { child } of servers) child.kill('SIGKILL');
}

async function start(name, program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const port = /(\d+)\/?\s*$/.exec(line)[1];
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 300; attempt++) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return { name, child, url };
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${name} does not answer`);
}

/** The same tags, and scores to what a different order of sums makes of them. */
async function compareAnswers() {
  for (const question of questions.slice(0, 200)) {
    const [ours, theirs] = await Promise.all(
      servers.map(async ({ url }) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`${url}/predict`, {
          method: 'POST',
          headers,
          body: JSON.stringify(question),
        });
        const answer = await response.json();
        return (answer.prediction ?? answer).tags;
      }),
    );
    const isSame =
      ours.length === theirs.length &&
      ours.every(({ tag, score }, i) => tag === theirs[i].tag && Math.abs(score - theirs[i].score) < 1e-9);
    if (!isSame) throw new Error(`The two differ on "${question.title}": ${JSON.stringify([ours, theirs])}`);
  }
}

async function load({ url, child }, limit) {
  const before = cpuMs(child.pid);
  const result = await autocannon({ url, connections: CONNECTIONS, requests, ...limit });
  return {
    requestsPerSecond: result.requests.total / result.duration,
    cpuMsPerRequest: (cpuMs(child.pid) - before) / result.requests.total,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    errors: result.errors + result.timeouts + result.non2xx,
  };
}

/** User and system, of all threads; the kernel counts in hundredths of a second. */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

function residentBytes(pid) {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}
