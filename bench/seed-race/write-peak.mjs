import { writeFileSync } from 'node:fs'

// Loaded into the command that is measured: writes its highest resident memory, in kilobytes, when it ends.
process.on('exit', () => writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS)))
