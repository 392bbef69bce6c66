package dev.latchkey.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionTest {
  @Test
  void commentsAndSpacesGo() {
    assertThat(
            Compaction.of(
                """
                /** Tells.
                 * @param a what // and "where
                 */
                export const sum = (a, b) => {
                  // it's "easy"
                  return a + b; // `so`
                };
                /* last */"""))
        .isEqualTo("export const sum=(a,b)=>{return a+b;};");
  }

  @Test
  void wordsStayApart() {
    assertThat(
            Compaction.of(
                """
                async function f(of) {
                  for (const one of await of) {
                    delete one.x;
                  }
                  return "a" in of ? typeof of : new Of();
                }
                class A extends B {
                  static #x = 1;
                  get x() {
                    return #x in this;
                  }
                }
                """))
        .isEqualTo(
            "async function f(of){for(const one of await of){delete one.x;}"
                + "return\"a\"in of?typeof of:new Of();}"
                + "class A extends B{static #x=1;get x(){return #x in this;}}");
  }

  @Test
  void signsStayApart() {
    assertThat(Compaction.of("x = a - -b + +c - ++d + b-- ;")).isEqualTo("x=a- -b+ +c-++d+b--;");
  }

  @Test
  void textsTemplatesAndPatternsStay() {
    String texts =
        """
        a("x  // y" , 'it "is"  /* no */' , "\\"  ");
        b(`${c}  // ${d}  \\`  `);
        e(/[/"']  \\/ /u , f);
        g = /"  /;
        h = (i) => /`  /.test(i);
        return /'  /;
        """;
    assertThat(Compaction.of(texts))
        .isEqualTo(
            """
            a("x  // y",'it "is"  /* no */',"\\"  ");b(`${c}  // ${d}  \\`  `);\
            e(/[/"']  \\/ /u,f);g=/"  /;h=(i)=>/`  /.test(i);return/'  /;""");
  }

  @Test
  void patternMayBeginALine() {
    assertThat(
            Compaction.of(
                "const a =\n    b &&\n    /^[a-z]{2,}[ '] $/u.test(\n      /\" /,\n    );"))
        .isEqualTo("const a=b&&/^[a-z]{2,}[ '] $/u.test(/\" /);");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a(`(${b ? ` (${c}), ` : \"\"})`);",
        "sheet(`a { border: ${b} solid; }`);",
        "sheet(`a::after { content: \": \"; }`);",
        "sheet(`a::after { content: ', '; }`);"
      })
  void whatItWouldSpoilIsRefused(String source) {
    assertThatThrownBy(() -> Compaction.of(source)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void divisionIsNoPattern() {
    assertThat(Compaction.of("a = b / c; // \"\nd = (e) / 2 / f;")).isEqualTo("a=b/c;d=(e)/2/f;");
  }

  @Test
  void commasGoWhereNothingComesAfterThem() {
    assertThat(Compaction.of("a(\n  [b, c,],\n  { d, }, // e\n);\nfor (;;) {\n  f(); /* g */\n}"))
        .isEqualTo("a([b,c],{d});for(;;){f();}");
    assertThat(Compaction.of("a(\",)\", /[;}]/, `{;}`);")).isEqualTo("a(\",)\",/[;}]/,`{;}`);");
  }

  @Test
  void styleSheetsKeepOnlySpacesThatSaySomething() {
    assertThat(
            Compaction.of(
                """
                const style = sheet(`
                  :host { --a: var(--b, light-dark(#fff, #000)); }
                  a :dir(rtl) > td, .b:has(:disabled) { width: calc(100vw - 2rem); } /* c; */
                  @media (max-width: 30rem) {
                    d::after { content: " ▾" / ""; }
                  }
                `);
                """))
        .isEqualTo(
            "const style=sheet(`:host{--a:var(--b,light-dark(#fff,#000))}"
                + "a :dir(rtl) > td,.b:has(:disabled){width:calc(100vw - 2rem)}"
                + "@media (max-width:30rem){d::after{content:\" ▾\" / \"\"}}`);");
  }

  @Test
  void otherTemplatesStayAsTheyAre() {
    assertThat(Compaction.of("tell(`{ a: b;\n  }`) ;")).isEqualTo("tell(`{ a: b;\n  }`);");
  }
}
