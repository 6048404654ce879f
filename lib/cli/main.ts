#!/usr/bin/env node
import { runCommandLine } from './program.js';
import { processTerminal } from './terminal.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has closed the pipe: `… | head -1`
  throw error;
});

void runCommandLine(process.argv.slice(2), processTerminal()).then((exitCode) => {
  process.exitCode = exitCode;
});
