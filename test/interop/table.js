const marks = { pass: 'ok  ', deviation: 'dev ', fail: 'FAIL', stale: 'OLD ' }

/** Collects results and prints each as it comes. A failure that is listed in `deviations` is the peer's, or a choice. */
export const createTable = (deviations) => {
  const counts = { pass: 0, deviation: 0, fail: 0, stale: 0 }
  const say = (line) => process.stdout.write(`${line}\n`)

  const record = (implementation, title, anchor, outcome) => {
    const known = deviations.find((one) => one.implementation === implementation && one.check === title)
    const versions = known?.section === undefined || outcome.section.includes(known.section)
    const listed = versions ? known : undefined
    const state = outcome.error === undefined ? (listed ? 'stale' : 'pass') : listed ? 'deviation' : 'fail'
    counts[state] += 1
    say(`  ${marks[state]} ${title}${outcome.note ? ` (${outcome.note})` : ''} [${anchor}]`)
    if (outcome.error !== undefined) say(`       ${outcome.error.slice(0, 600)}`)
    if (listed) say(`       ${listed.fault}: ${listed.why} [${listed.anchor}]`)
  }

  const section = (implementation, heading) => {
    say(`\n${heading}`)
    const check = async (title, anchor, act) => {
      try {
        const value = await act()
        record(implementation, title, anchor, {
          section: heading,
          note: typeof value === 'string' ? value : '',
        })
        return value ?? true
      } catch (error) {
        record(implementation, title, anchor, { section: heading, error: String(error?.message ?? error) })
        return undefined
      }
    }
    /** One line of a conformance run that the peer made of the node. */
    const judge = ({ id, title, outcome, detail, spec }) => {
      if (outcome === 'SKIP') return
      const error = outcome === 'PASS' ? undefined : `${outcome}: ${detail}`
      record(implementation, `${id}: ${title}`, spec, { section: heading, error })
    }
    return { check, judge }
  }

  const close = () => {
    say(
      `\n${counts.pass} passed, ${counts.deviation} known deviations, ${counts.fail} failed, ${counts.stale} outdated entries`,
    )
    return counts.fail + counts.stale > 0 ? 1 : 0
  }
  return { section, close }
}
