import { TrainerProcess } from "./trainerProcess";

new TrainerProcess(process).start();
