/* contplan: everything is behind cp_main(). */
#include <contplan/commands.h>

int main(int argc, char **argv)
{
    return cp_main(argc, argv);
}
