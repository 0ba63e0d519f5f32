import { expect, test } from 'vitest'
import { assetLocation, assetText } from '../../src/source/assets.ts'

test('shipped texts lie beside the sources, or below the bundle', () => {
  expect(assetLocation('report/html/page.ejs', 'file:///repo/src/source/assets.ts').href).toBe(
    'file:///repo/src/report/html/page.ejs',
  )
  expect(assetLocation('report/html/page.ejs', 'file:///repo/dist/main.js').href).toBe(
    'file:///repo/dist/assets/report/html/page.ejs',
  )
  expect(assetText('report/html/page.ejs')).toContain('<!doctype html>')
})
