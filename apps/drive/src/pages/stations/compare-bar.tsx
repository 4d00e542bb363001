import { Button, LinkButton } from '../../parts/button.js'
import { textsOf } from '../../texts/say.js'
import { compared, compareHref } from './chosen.js'

const say = textsOf('stations')

/** Leads to the comparison, once something was chosen for it. */
export const CompareBar = () => {
  const { value } = compared.items
  if (value.length === 0) return null
  return (
    <div class="compare-bar">
      <LinkButton href={compareHref(value)} small icon="list">
        {say('compare_chosen', { count: value.length })}
      </LinkButton>
      <Button kind="quiet" small onClick={compared.clear}>
        {say('compare_none')}
      </Button>
    </div>
  )
}
