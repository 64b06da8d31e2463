// What `pipewright simulate` answers to many events: asked with --events, in one run for each core.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { words } from "./grid.mjs";

// simulated(PROGRAM, MANIFEST, FOLDER, EVENTS): an answer for each event, or { problem }.
export async function simulated(program, manifest, folder, events) {
  const size = Math.ceil(events.length / availableParallelism()) || 1;
  const parts = Array.from({ length: Math.ceil(events.length / size) }, (_, part) => events.slice(part * size, (part + 1) * size));
  const below = mkdtempSync(join(tmpdir(), "simulate-events-"));
  try {
    const all = await Promise.all(
      parts.map((part, number) => {
        const file = join(below, String(number));
        writeFileSync(file, part.map((event) => `${words(event).join(" ")}\n`).join(""));
        return lines(program, ["simulate", manifest, "--root", folder, "--events", file]);
      }),
    );
    all.forEach((told, number) => {
      if (told.length !== parts[number].length) throw new Error(`simulate has ${told.length} answers to ${parts[number].length} events`);
    });
    return all.flat();
  } finally {
    rmSync(below, { recursive: true, force: true });
  }
}

// An answer is read as soon as its line is there: all of them together can be longer than a text may be.
function lines(program, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
    const told = [];
    let [rest, said] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const all = (rest + text).split("\n");
      rest = all.pop();
      try {
        for (const line of all) told.push(JSON.parse(line));
      } catch (error) {
        reject(error);
      }
    });
    child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 || (code === 2 && told.length > 0) ? resolve(told) : reject(new Error(`simulate ended with ${code}: ${said.slice(0, 2000)}`))));
  });
}
