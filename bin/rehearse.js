#!/usr/bin/env node
const { load } = require('../dist/load.js')

load('main')
  .main(process.argv.slice(2))
  .then((exitCode) => {
    process.exitCode = exitCode
  })
