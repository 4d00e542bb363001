import type { Lines } from '../../api/charges.js'

/** Lines of a price; one with reasons opens to show them. */
export const CostLines = ({ lines }: { readonly lines: Lines }) => (
  <ul class="bare cost-lines">
    {lines.map(({ text, amount, because }, index) => {
      const words = (
        <>
          <span>{text}</span>
          {/* NOTE: sentences of the node end with their amount already. */}
          {amount !== null && !text.includes(amount) && <strong class="figures">{amount}</strong>}
        </>
      )
      return (
        <li key={String(index)}>
          {because.length === 0 ? (
            <div class="cost-line">{words}</div>
          ) : (
            <details>
              <summary class="cost-line">{words}</summary>
              <ul class="small soft">
                {because.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </details>
          )}
        </li>
      )
    })}
  </ul>
)
