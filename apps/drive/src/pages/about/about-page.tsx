import type { ComponentChildren } from 'preact'
import { type AppFacts, useAppFacts } from '../../api/app-facts.js'
import { LinkButton } from '../../parts/button.js'
import { DemoNotice } from '../../parts/demo-notice.js'
import { PageHead } from '../../parts/page.js'
import { Answered } from '../../parts/states.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('about')
const sayAccount = textsOf('account')

const Card = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <section class="card stack tight">
    <h2>{title}</h2>
    {children}
  </section>
)

const Provider = ({ facts }: { readonly facts: AppFacts }) => (
  <Card title={facts.party.name}>
    <dl class="facts">
      <div>
        <dt>{say('party')}</dt>
        <dd>
          {facts.party.country_code}*{facts.party.party_id}
        </dd>
      </div>
      <div>
        <dt>{say('version')}</dt>
        <dd>{facts.version}</dd>
      </div>
    </dl>
  </Card>
)

const Help = ({ support }: Pick<AppFacts, 'support'>) => (
  <Card title={say('help')}>
    <p>{say(support === null ? 'help_none' : 'help_text')}</p>
    {support?.email && (
      <p>
        <a href={`mailto:${support.email}`}>{support.email}</a>
      </p>
    )}
    {support?.phone && (
      <p>
        <a href={`tel:${support.phone.replace(/[^\d+]/g, '')}`}>{support.phone}</a>
      </p>
    )}
    <div>
      <LinkButton kind="plain" icon="flag" href="/report">
        {sayAccount('report')}
      </LinkButton>
    </div>
  </Card>
)

/** Whose app it is, where help is, what stays on the device. */
export const AboutPage = () => {
  const facts = useAppFacts()
  return (
    <>
      <PageHead title={say('title')} back={{ href: '/account', label: sayAccount('title') }} />
      <div class="stack">
        <DemoNotice />
        <Answered of={facts} lines={2}>
          {(known) => (
            <>
              <Provider facts={known} />
              <Help support={known.support} />
            </>
          )}
        </Answered>
        <Card title={say('privacy')}>
          <p>{say('privacy_text')}</p>
        </Card>
        <Card title={say('thanks')}>
          <p>{say('thanks_text')}</p>
        </Card>
      </div>
    </>
  )
}

export default AboutPage
