// Mocha's usual report, and the counts and faults in a file, so that several suites can be added up and what failed is said last. CommonJS because Mocha loads it by `require`.
'use strict';

const { writeFileSync } = require('node:fs');
const { Runner, reporters } = require('mocha');

class SpecAndCounts extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.ITSMS_TEST_COUNTS;
    if (file) {
      runner.once(Runner.constants.EVENT_RUN_END, () => {
        const { passes, failures, pending } = runner.stats;
        const faults = this.failures.map((test) => ({ title: test.fullTitle(), message: String(test.err?.stack ?? test.err).slice(0, 4000) }));
        writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, faults }));
      });
    }
  }
}

module.exports = SpecAndCounts;
