// What the page's component runs: it loads the page's script once and hands over to it.
const PATIENCE_MS = 4000;
const loading = {};

function load(url) {
  loading[url] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: url, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return loading[url];
}

export default function ({ data, setStateValue }) {
  // without the script, or before it comes, the server draws the sections and answers each choice
  const answerAlone = () => setStateValue("live", false);
  const late = setTimeout(answerAlone, PATIENCE_MS);
  load(data.script).then(
    () => {
      clearTimeout(late);
      globalThis.fourIslands.page.mount(data, setStateValue);
    },
    () => {
      clearTimeout(late);
      answerAlone();
    },
  );
}
