// A host that is made with React: it uses the menu by attributes, properties, events and methods.
import { StrictMode, useRef, useState, type DetailedHTMLProps, type HTMLAttributes } from "react";
import { createRoot } from "react-dom/client";
import type {
  ApiKeyElement,
  ApiKeyEventMap,
  ApiKeyMenuElement,
} from "../../../docs/api-key-elements";

type Handlers = { [name in keyof ApiKeyEventMap as `on${name}`]?: (event: ApiKeyEventMap[name]) => void };
type MenuProps = DetailedHTMLProps<HTMLAttributes<ApiKeyMenuElement>, ApiKeyMenuElement> &
  Partial<Pick<ApiKeyElement, "words" | "requestHeaders">> &
  Handlers & { "login-page"?: string; "api-url"?: string; "keys-url"?: string };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "api-key-menu": MenuProps;
    }
  }
}

const words = { en: { "menu.add": "Make a key for a robot" } };
const requestHeaders = async () => ({ "X-CSRF-Token": "from React" });

function Page() {
  const menu = useRef<ApiKeyMenuElement>(null);
  const [language, setLanguage] = useState("en");
  const [heard, setHeard] = useState<string[]>([]);
  const hear = (text: string) => setHeard((before) => [...before, text]);
  return (
    <>
      <header>
        <api-key-menu
          ref={menu}
          lang={language}
          api-url="/api/whoami"
          words={words}
          requestHeaders={requestHeaders}
          onapi-key-added={({ detail }) => hear(`added ${detail.key.description}`)}
          onapi-key-edited={({ detail }) => hear(`edited ${detail.key.description}`)}
          onapi-key-deleted={({ detail }) => hear(`deleted ${detail.key.description}`)}
          onapi-key-error={({ detail }) => hear(`error ${detail.type}`)}
        >
          <button type="button">Log out</button>
        </api-key-menu>
      </header>
      <main>
        <h1>A page made with React</h1>
        <button type="button" onClick={() => menu.current?.openAdd()}>
          Open add
        </button>
        <button type="button" onClick={() => menu.current?.openDetails()}>
          Open details
        </button>
        <button type="button" onClick={() => setLanguage("de")}>
          Speak German
        </button>
        <ol aria-label="Heard">
          {heard.map((text, index) => (
            <li key={index}>{text}</li>
          ))}
        </ol>
      </main>
    </>
  );
}

createRoot(document.getElementById("page")!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
