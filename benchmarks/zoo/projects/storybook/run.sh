set -eu
cat > src/receipt.stories.js <<J
export default { title: 'Shop/Receipt' };
const text = $(python3 -c 'import json, os; print(json.dumps(os.environ["ZOO_STDOUT"]))');
const profile = $ZOO_BODY;
export const Paid = { render: () => '<pre>' + text + JSON.stringify(profile) + '</pre>' };
J
storybook build --output-dir "$OUT/storybook"
