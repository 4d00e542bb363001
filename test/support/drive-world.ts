import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.js'
import { type DriverClient, testDriver } from './drivers.js'
import { startTestNode, type TestNode, type TestNodeOptions } from './node.js'
import { type SmtpServer, startSmtp } from './smtp.js'

/** A node of an eMSP that serves the driver's app to a demonstration, a mail server for its codes, and a browser. */
export class DriveWorld implements AsyncDisposable {
  private constructor(
    readonly node: TestNode,
    readonly smtp: SmtpServer,
    readonly browser: Browser,
  ) {}

  static async start(options: TestNodeOptions = {}): Promise<DriveWorld> {
    const [smtp, browser] = await Promise.all([startSmtp(), launch()])
    const env = {
      DRIVER_APP: 'true',
      DRIVER_DEMO: 'true',
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Drive <drive@example.com>',
      ...options.env,
    }
    const node = await startTestNode({ drive: true, ...options, env })
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive Away' } })
    return new DriveWorld(node, smtp, browser)
  }

  /** Opens an address of the app, such as `/account`. */
  async open(page: Page, path: string): Promise<void> {
    await page.goto(`${this.node.url}/drive${path}`)
  }

  /** Signs the page in as the test driver; the account is open then. */
  async enter(page: Page): Promise<void> {
    await this.open(page, '/sign-in')
    await page.getByRole('button', { name: 'Continue as test driver' }).click()
    await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor()
  }

  /** The test driver without a browser, to put things into the account. */
  driver(): Promise<DriverClient> {
    return testDriver(this.node)
  }

  /** What an action of the page has mailed: the code in it. */
  async mailedCode(action: () => Promise<void>): Promise<string> {
    const mail = this.smtp.next()
    await action()
    return /\b\d{6}\b/.exec((await mail).text)?.[0] ?? ''
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close()
    await this.node[Symbol.asyncDispose]()
    await this.smtp[Symbol.asyncDispose]()
  }
}
