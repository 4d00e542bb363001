import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.js'
import { type Connected, connect } from './connect.js'
import { cdr, location, session, tariff } from './documents.js'
import { startTestNode, type TestNode } from './node.js'

/** A node of a CPO that serves the console, an eMSP on OCPI 2.1.1 as its partner, one object of each kind, and a browser. */
export class ConsoleWorld implements AsyncDisposable {
  private constructor(
    readonly node: TestNode,
    readonly emsp: Connected,
    readonly browser: Browser,
  ) {}

  static async start(): Promise<ConsoleWorld> {
    // Looks at partners more often than a node does, so that pages tell of them soon.
    const healthLimits = { everyMs: 500 }
    const [node, browser] = await Promise.all([startTestNode({ console: true, healthLimits }), launch()])
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    const emsp = await connect(node, {
      version: '2.1.1',
      role: 'EMSP',
      party: { country_code: 'DE', party_id: 'MSP' },
    })
    await node.api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff())
    await node.api('PUT', '/locations/DE/CPO/LOC1', location())
    await node.api('PUT', '/sessions/DE/CPO/S1', session('S1'))
    await node.api('PUT', '/cdrs/DE/CPO/C1', cdr('C1'))
    return new ConsoleWorld(node, emsp, browser)
  }

  /** Opens an address of the console. */
  async open(page: Page, path: string): Promise<void> {
    await page.goto(`${this.node.url}${path}`)
  }

  /** A key of a role, made by the admin. */
  async keyOf(role: string): Promise<string> {
    const { body } = await this.node.api('POST', '/keys', { name: role, role })
    return String((body as { key: string }).key)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close()
    await this.emsp.party[Symbol.asyncDispose]()
    await this.node[Symbol.asyncDispose]()
  }
}
