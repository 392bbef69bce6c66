package dev.latchkey.boot.starter;

class BooksOnH2Test extends BooksContract {
  @Override
  String[] database() {
    return new String[0];
  }
}
