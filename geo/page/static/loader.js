// What the page's component runs: it loads the page's script once and hands over to it.
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
  // without the script the server answers each choice
  load(data.script).then(
    () => globalThis.fourIslands.page.mount(data, setStateValue),
    () => {},
  );
}
