// Draws the icons of the driver's app as pictures, from apps/drive/public/icon.svg, for systems that take no SVG: node scripts/make-drive-icons.js
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const folder = fileURLToPath(new URL('../apps/drive/public/', import.meta.url))
const svg = readFileSync(`${folder}icon.svg`, 'utf8')
// NOTE: systems that cut icons into a shape of their own need the colour up to the edges.
const whole = svg.replace(/ rx="\d+"/, '')

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const draw = async (name, picture, size) => {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`
  await page.setContent(
    `<body style="margin:0"><img src="${source}" width="${size}" height="${size}"></body>`,
  )
  writeFileSync(`${folder}${name}`, await page.screenshot({ omitBackground: true }))
  await page.close()
}
await draw('icon-192.png', svg, 192)
await draw('icon-512.png', svg, 512)
await draw('icon-whole-192.png', whole, 192)
await draw('icon-whole-512.png', whole, 512)
await browser.close()
