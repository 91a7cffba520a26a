// overreach: finds the keys in a repository that can do more than they should.

#include "scanner/cli/cli.h"

int main(int argc, char** argv) { return overreach::run(argc, argv); }
