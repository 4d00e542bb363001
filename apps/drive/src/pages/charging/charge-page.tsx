import { useAnswer } from '../../api/answers.js'
import { charge, chargePath } from '../../api/charges.js'
import { PageHead } from '../../parts/page.js'
import { Answered } from '../../parts/states.js'
import { textsOf } from '../../texts/say.js'
import { ChargeView } from './charge-view.js'

const say = textsOf('charging')

/** One charge, from the request to the receipt. */
export const ChargePage = ({ id }: { readonly id: string }) => {
  const found = useAnswer(chargePath(id), charge)
  return (
    <>
      <PageHead title={say('title')} back={{ href: '/charging', label: say('title') }} />
      <Answered of={found} lines={6}>
        {(value) => <ChargeView value={value} />}
      </Answered>
    </>
  )
}
