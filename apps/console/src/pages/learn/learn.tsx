import { Stack, Title } from '@mantine/core'
import { Route, Switch } from 'wouter'
import { NothingHere, PageHead } from '../../parts/states.js'
import { ChooseCharge } from './choose-charge.js'
import { NextSession } from './next-session.js'
import { SessionTour, StartTour } from './tour-pages.js'
import { WhoIsWho } from './who-is-who.js'

const LearnPage = () => (
  <>
    <PageHead title="Learn" below="Roaming in five minutes, with what this node does right now" />
    <Stack gap="md">
      <Title order={2} size="h4">
        1. Who is who
      </Title>
      <WhoIsWho />
      <Title order={2} size="h4" mt="md">
        2. One charge, message by message
      </Title>
      <ChooseCharge />
    </Stack>
  </>
)

/** The guided tour: who takes part, then one charge step by step. */
const LearnRoutes = () => (
  <Switch>
    <Route path="/learn" component={LearnPage} />
    <Route path="/learn/next" component={NextSession} />
    <Route path="/learn/commands/:id" component={StartTour} />
    <Route path="/learn/sessions/:countryCode/:partyId/:id" component={SessionTour} />
    <Route>
      <NothingHere what="page" />
    </Route>
  </Switch>
)
export default LearnRoutes
